import { verbCommand } from '../verb-command.ts';

export const startCommand = verbCommand({
  name: 'start',
  summary: 'Enable a service and start it',
  details: 'Sets enabled and autostart to true in its manifest; comments stay.',
  done: 'started',
  piped: 'json',
  reached: (record) => record.ready === 'True',
});
