import type { Explanation } from './explanation.ts';

/** Explanations of findings about patterns: 4xx. */
export const PATTERN_EXPLANATIONS = {
  'unknown-variant': {
    text: 'A name in a pattern that begins with a capital is a variant of the union. A variable begins with a small letter.',
    program: `type Color = | Red | Green | Mix(level: Int64)

function code(c: Color) -> Int64 {
  match c {
    ⟨Purple⇒Red⟩ -> 1,
    _ -> 0,
  }
}
`,
  },
  'pattern-arity': {
    text: 'A pattern of a variant names all of its fields in their order, or some by name.',
    program: `type Color = | Red | Green | Mix(level: Int64)

function code(c: Color) -> Int64 {
  match c {
    Mix(a⟨, b⇒⟩) -> a,
    _ -> 0,
  }
}
`,
  },
  'pattern-not-union': {
    text: 'Only unions, Option and Result have variants. Match other values with literals, ranges or a variable.',
    program: `function code(n: ⟨Int64⇒Option<Int64>⟩) -> Int64 {
  match n {
    Some(k) -> k,
    _ -> 0,
  }
}
`,
  },
  'pattern-type': {
    text: 'A literal in a pattern has the type of the value that is matched.',
    program: `function code(n: Int64) -> Int64 {
  match n {
    ⟨"one"⇒1⟩ -> 1,
    _ -> 0,
  }
}
`,
  },
  'range-type': {
    text: 'Ranges exist for Int64. Use a guard for other types.',
    program: `function small(x: Float64) -> Bool {
  match x {
    ⟨0..9⇒y if y < 10.0⟩ -> True,
    _ -> False,
  }
}
`,
  },
  'range-bounds': {
    text: 'A range `a..b` holds both of its ends, and a is below b.',
    program: `function small(n: Int64) -> Bool {
  match n {
    ⟨9..0⇒0..9⟩ -> True,
    _ -> False,
  }
}
`,
  },
  'non-exhaustive': {
    text: 'A match has an arm for every value: each variant, True and False, or a last arm `_`. An arm with a guard does not count, since its guard may be False.',
    program: `type Color = | Red | Green | Mix(level: Int64)

function code(c: Color) -> Int64 {
  match c {
    Red -> 1,
    ⟨⇒Green -> 2,
    ⟩Mix(level) -> level,
  }
}
`,
  },
} as const satisfies Record<string, Explanation>;
