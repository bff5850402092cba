import { expect, it } from 'vitest';

import { lastWords } from '../../src/shared/last-words.ts';

it.each([
  ['nothing', [], ''],
  ['no rules', ['usage', '------', 'unknown transport'], 'usage | unknown transport'],
  ['the last three lines', ['a', 'b', 'c', 'd'], 'b | c | d'],
  [
    'the error that Node tells, not its stack',
    [
      'node:internal/modules/cjs/loader:1210',
      'throw err;',
      '^',
      "Error: Cannot find module '/srv/x.js'",
      'at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15) {',
      "code: 'MODULE_NOT_FOUND',",
      'requireStack: []',
      '}',
      'Node.js v20.20.2',
    ],
    "Error: Cannot find module '/srv/x.js'",
  ],
  [
    'the last line of a traceback',
    [
      'Traceback (most recent call last):',
      'File "x.py", line 1, in <module>',
      "ModuleNotFoundError: No module named 'mcp'",
    ],
    "ModuleNotFoundError: No module named 'mcp'",
  ],
  ['what follows an error', ['reading', 'error: no licence', 'see the manual'], 'error: no licence | see the manual'],
])('says %s', (_, lines, words) => {
  expect(lastWords(lines)).toBe(words);
});
