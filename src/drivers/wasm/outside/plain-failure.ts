import { errorMessage } from '../../../shared/errors.ts';

/** What could not be done for a module, as a whole sentence that the module and its people may read: no credentials, no paths of ours. */
export class PlainFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlainFailure';
  }
}

/** The sentence as the Err of an import; anything else that was thrown is a bug, and is thrown on. */
export function asErr(error: unknown): { readonly err: string } {
  if (error instanceof PlainFailure) return { err: errorMessage(error) };
  throw error;
}

/** The same for an import whose type has no Err. */
export function asTrap(error: unknown): { readonly trap: string } {
  return { trap: asErr(error).err };
}
