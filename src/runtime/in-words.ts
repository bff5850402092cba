import type { Writing } from '../reconcile/ports.ts';

/** The wish to commit, with a message that says what was asked for where the caller has none; nothing where nothing is to be committed. */
export function inWords({ commit }: Writing, message: string): Writing {
  return commit === undefined ? {} : { commit: { message, ...commit } };
}
