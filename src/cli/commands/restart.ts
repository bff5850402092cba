import { verbCommand } from '../verb-command.ts';

export const restartCommand = verbCommand({
  name: 'restart',
  summary: 'Start a service anew',
  details: 'Writes the annotation clarity.runtime/restartedAt into its manifest.',
  done: 'restarted',
  piped: 'json',
  reached: (record) => record.ready === 'True',
});
