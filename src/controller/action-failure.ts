import type { Happening } from '../reconcile/memory.ts';
import type { Why } from '../reconcile/ports.ts';

/** Why an action failed that is tried again; undefined for what is terminal, which is counted by the look that halts. */
export function failureOf(happening: Happening): Why | undefined {
  switch (happening.kind) {
    case 'startFailed':
      return happening.terminal ? undefined : happening.why;
    case 'introspectFailed':
    case 'probeFailed':
      return happening.why;
    default:
      return undefined;
  }
}
