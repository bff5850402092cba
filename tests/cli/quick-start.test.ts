import { expect, it } from 'vitest';
import { readSourceTree } from '../helpers/source-tree.ts';

// Loading these takes longer than most answers; a command that needs them imports its body when it runs.
const SLOW = ['yaml', 'ajv', 'ajv-formats', 'undici', 'fastify', 'libsql', 'zod'];

it('clarityctl starts without the parser of YAML, the schema’s validator and the daemon’s packages', () => {
  const files = new Map(readSourceTree().map((file) => [file.path, file]));
  const loaded = new Set(['cli/main.ts']);
  for (const path of loaded)
    for (const { name, typeOnly, lazy } of files.get(path)?.imports ?? []) if (!typeOnly && !lazy) loaded.add(name);
  expect(loaded).toContain('commander');
  expect(SLOW.filter((name) => loaded.has(name))).toEqual([]);
});
