import { verbCommand } from '../verb-command.ts';

export const unquarantineCommand = verbCommand({
  name: 'unquarantine',
  summary: 'Release a service from quarantine',
  details: 'Writes the annotation clarity.runtime/unquarantinedAt into its manifest.',
  done: 'unquarantined',
  reached: (record) => record.runtime.lifecycle !== 'QUARANTINED',
});
