import { errorMessage } from '../../../shared/errors.ts';
import type { Closeable, OutsideCall } from './operation.ts';
import { PlainFailure } from './plain-failure.ts';

/** The number under which a module knows `thing` from now on; where it may have no more, `thing` is closed. Throws PlainFailure. */
export function openHandle({ handles }: OutsideCall, thing: Closeable): bigint {
  try {
    return handles.open(thing);
  } catch (error) {
    thing.close();
    throw new PlainFailure(errorMessage(error), { cause: error });
  }
}
