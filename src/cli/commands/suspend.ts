import { verbCommand } from '../verb-command.ts';

export const suspendCommand = verbCommand({
  name: 'suspend',
  summary: 'Keep hands off a service: neither start, stop, heal nor prune it',
  details: 'Sets suspend to true in its manifest; what runs goes on running.',
  done: 'suspended',
  reached: (record) => record.status.health === 'Suspended',
});
