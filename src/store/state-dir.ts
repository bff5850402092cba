import { existsSync, mkdirSync } from 'node:fs';
import { ClarityError, errorMessage } from '../shared/errors.ts';

/**
 * Makes a directory for nobody but us. One that exists keeps its mode: it may be a person's, with more in it than ours.
 * Throws ClarityError StateUnusable.
 */
export function makeStateDir(path: string): void {
  try {
    if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ClarityError('StateUnusable', `cannot make ${path}: ${errorMessage(error)}`, { cause: error });
  }
}
