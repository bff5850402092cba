import { defineCommand } from '../command.ts';

export const newCommand = defineCommand({
  name: 'new',
  group: 'build',
  summary: 'Write a small service to start from',
  details:
    'Makes the folder with a program, its test and clarity.json; without a name in the current folder. Never overwrites a file.',
  examples: ['clarityc new greeter', 'clarityc new   # here, named after the folder'],
  configure: (command) =>
    command.alias('init').argument('[folder]', 'the folder to make; its name is the name of the service'),
  run: async (context, [folder]) => (await import('../run/new.ts')).runNew(context, folder),
});
