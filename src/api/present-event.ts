import type { RuntimeEvent } from '../reconcile/ports.ts';
import type { RuntimeService } from '../runtime/types.ts';
import { ClarityError } from '../shared/errors.ts';
import type { EventItem } from '../wire/types.ts';
import { presentEvent } from './present.ts';

/** An event with the service id that its service has now; without one where that is gone. */
export function presentEventOf(runtime: RuntimeService, event: RuntimeEvent): EventItem {
  return presentEvent(event, serviceIdOf(runtime, event));
}

function serviceIdOf(runtime: RuntimeService, { identity }: RuntimeEvent): string | undefined {
  if (identity === undefined) return undefined;
  try {
    return runtime.get(identity).desired.manifest.metadata.serviceId;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** True where the runtime knows no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ClarityError && error.code === 'NotFound';
}
