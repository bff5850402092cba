import { defineCommand } from '../command.ts';

export const replCommand = defineCommand({
  name: 'repl',
  group: 'run',
  summary: 'Evaluate expressions one by one',
  details:
    'Keeps functions, types, imports and lets; a let is evaluated again for each input. An input goes on while a bracket is open; an empty line ends it. Reads stdin where that is no terminal: exit 1 if an input failed.',
  examples: ['clarityc repl', 'echo \'string_length("abc")\' | clarityc repl'],
  run: async (context) => (await import('../run/repl.ts')).runRepl(context),
});
