import type { Explanation } from './explanation.ts';

/** Explanations of findings about warnings: 9xx. */
export const WARNING_EXPLANATIONS = {
  'range-overlap': {
    text: 'Arms are tried in their order, so the overlap goes to the first. Change a bound so that the ranges only touch.',
    program: `function grade(n: Int64) -> String {
  match n {
    0..⟨50⇒49⟩ -> "low",
    50..100 -> "high",
    _ -> "none",
  }
}
`,
  },
  'mutual-tail-recursion': {
    text: 'A function that calls itself in tail position runs as a loop; two that call each other use stack at every call and trap when it is used up. Make one function of both, with a parameter that says which one it is.',
    program: `function ⟨is_even(n: Int64) -> Bool {
  match n {
    0 -> True,
    _ -> is_odd(n - 1),
  }
}

function is_odd(n: Int64) -> Bool {
  match n {
    0 -> False,
    _ -> is_even(n - 1⇒parity(n: Int64, even: Bool) -> Bool {
  match n {
    0 -> even,
    _ -> parity(n - 1, !even⟩),
  }
}
`,
  },
  'unreachable-arm': {
    text: 'The arms before it take every value that it could match. Move it up, or remove it.',
    program: `function name(n: Int64) -> String {
  match n {
    ⟨_ -> "many",
    1 -> "one⇒1 -> "one",
    _ -> "many⟩",
  }
}
`,
  },
  'ignored-type-arguments': {
    text: 'The arguments have no effect. Leave them out.',
    program: `function size(s: String⟨<Int64>⇒⟩) -> Int64 {
  string_length(s)
}
`,
  },
} as const satisfies Record<string, Explanation>;
