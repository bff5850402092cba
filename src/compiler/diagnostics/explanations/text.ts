import type { Explanation } from './explanation.ts';

/** Explanations of findings about the text itself: 1xx, and the limits 7xx. */
export const TEXT_EXPLANATIONS = {
  parse: {
    text: 'The message names what was expected and what stands there instead. Look also at the end of the line before: every expression of a block but the last ends with `;`.',
    program: `function double(n: Int64) -> Int64 {
  n *⟨⇒ 2⟩
}
`,
  },
  'foreign-syntax': {
    text: 'Clarity has no loops, no `if` statement, no exceptions and no null: choices are `match`, repetition is recursion, absence is `Option`, failure is `Result`. The value of a block is its last expression without `;`.',
    program: `⟨class Point {⇒type Point = { x: Int64, y: Int64 ⟩}
`,
  },
  'int-range': {
    text: 'Int64 reaches from -9223372036854775808 to 9223372036854775807. Write a Float64 (with a dot) or a String where the number may be larger.',
    program: `function limit() -> Int64 {
  ⟨9223372036854775808⇒9223372036854775807⟩
}
`,
  },
  'too-deep': {
    text: 'Nesting has a limit so that no program text can exhaust the compiler. Give parts of the expression a name with let, or make functions of them.',
  },
  'too-large': {
    text: 'Split the program into several modules, or the function into several functions; read large data from a file at run time.',
  },
} as const satisfies Record<string, Explanation>;
