import type { ImportGroup } from './import-group.ts';

/** The judgements that need no model (language.md §11 eval). */
export const evalImports: ImportGroup = ({ memory }) => ({
  eval_exact: (got: number, expected: number) => (memory.text(got) === memory.text(expected) ? 1 : 0),
  eval_contains: (got: number, expected: number) => (memory.text(got).includes(memory.text(expected)) ? 1 : 0),
});
