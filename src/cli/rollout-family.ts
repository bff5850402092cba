import type { CommandFamily } from './new-program.ts';

/** The commands around the generations of a service. */
export const ROLLOUT: CommandFamily = {
  name: 'rollout',
  summary: 'Look at the generations of a service, and go back to one',
  details: 'Whether one is out: clarityctl wait NAME. To start a service anew: clarityctl restart NAME.',
};
