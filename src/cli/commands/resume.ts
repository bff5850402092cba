import { isJsonObject } from '../../shared/json.ts';
import { verbCommand } from '../verb-command.ts';

export const resumeCommand = verbCommand({
  name: 'resume',
  summary: 'Take a suspended service in hand again',
  details: 'Sets suspend to false in its manifest.',
  done: 'resumed',
  // Not its health: one that is stopped, or has completed, is Suspended in Argo CD's words, too.
  reached: ({ manifest: { spec } }) => !(isJsonObject(spec) && spec.suspend === true),
});
