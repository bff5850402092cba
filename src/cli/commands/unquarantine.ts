import { verbCommand } from '../verb-command.ts';

export const unquarantineCommand = verbCommand({
  name: 'unquarantine',
  summary: 'Release a service from quarantine, and forget its failures',
  details:
    'Writes the annotation clarity.runtime/unquarantinedAt into its manifest. Of a service that is not quarantined it clears the counted failures and the back-off, so that it is tried at once.',
  done: 'unquarantined',
  reached: (record) => record.runtime.lifecycle !== 'QUARANTINED',
});
