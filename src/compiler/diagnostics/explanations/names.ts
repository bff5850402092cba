import type { Explanation } from './explanation.ts';

/** Explanations of findings about names: 2xx. */
export const NAME_EXPLANATIONS = {
  'undefined-name': {
    text: 'Names come from parameters, lets and patterns around the place, from the functions and variants of the file, from its imports, and from the builtins. Check the spelling, or import the name.',
    program: `function next(total: Int64) -> Int64 {
  ⟨totl⇒total⟩ + 1
}
`,
  },
  'unknown-type': {
    text: 'The built-in types are Int64, Float64, Bool, String, Bytes, Timestamp, Unit, List<T>, Option<T>, Result<T, E> and Map<K, V>; all others are declared in the file or imported.',
    program: `function twice(n: ⟨Int⇒Int64⟩) -> Int64 {
  n * 2
}
`,
  },
  'duplicate-definition': {
    text: 'Functions, types, variants, constants, parameters and fields have one definition each in their place. Rename or remove one of them.',
    program: `function size() -> Int64 {
  1
}

function ⟨size⇒weight⟩() -> Int64 {
  2
}
`,
  },
} as const satisfies Record<string, Explanation>;
