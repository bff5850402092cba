import type { Explanation } from './explanation.ts';

/** Explanations of findings about effects and modules: 5xx and 6xx. */
export const MODULE_EXPLANATIONS = {
  'unknown-effect': {
    text: 'The effects are a fixed list; `clarityc introspect --effects` prints it.',
    program: `effect[⟨Console⇒Log⟩] function main() -> Unit {
  print_string("hello");
}
`,
  },
  'missing-effect': {
    text: 'A function declares every effect of what it calls, so that its signature tells what it can do. Add the effect, and to its callers too.',
    program: `⟨⇒effect[Log] ⟩function main() -> Unit {
  print_string("hello");
}
`,
  },
  'module-not-found': {
    text: 'A path is relative to the importing file; `.clarity` may be left out. `std/NAME` is the bundled library.',
    program: `import { helper } from "./⟨helpers⇒helper⟩"

function main() -> Int64 {
  helper()
}
`,
    files: {
      'helper.clarity': `module Helper

export function helper() -> Int64 {
  1
}
`,
    },
  },
  'not-exported': {
    text: 'Only what a module marks with `export` can be imported.',
    program: `import { ⟨secret } from "./helper"

function main() -> Int64 {
  secret⇒helper } from "./helper"

function main() -> Int64 {
  helper⟩()
}
`,
    files: {
      'helper.clarity': `module Helper

export function helper() -> Int64 {
  secret()
}

function secret() -> Int64 {
  1
}
`,
    },
  },
  'module-unavailable': {
    text: 'Modules may not import each other in a circle. Move what both need into a third module.',
    program: `import { ⟨other } from "./other"

export function helper() -> Int64 {
  1
}

function main() -> Int64 {
  other⇒helper } from "./helper"

function main() -> Int64 {
  helper⟩()
}
`,
    files: {
      'other.clarity': `module Other

import { helper } from "./main"

export function other() -> Int64 {
  helper()
}
`,
      'helper.clarity': `module Helper

export function helper() -> Int64 {
  1
}
`,
    },
  },
} as const satisfies Record<string, Explanation>;
