import { verbCommand } from '../verb-command.ts';

export const stopCommand = verbCommand({
  name: 'stop',
  summary: 'Disable a service and stop it',
  details: 'Sets enabled to false in its manifest; comments stay.',
  done: 'stopped',
  piped: 'json',
  reached: (record) => !['RUNNING', 'STARTING', 'STOPPING'].includes(record.runtime.lifecycle),
});
