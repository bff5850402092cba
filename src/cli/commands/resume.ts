import { verbCommand } from '../verb-command.ts';

export const resumeCommand = verbCommand({
  name: 'resume',
  summary: 'Take a suspended service in hand again',
  details: 'Sets suspend to false in its manifest.',
  done: 'resumed',
  reached: (record) => record.status.health !== 'Suspended',
});
