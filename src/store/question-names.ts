import { createHash } from 'node:crypto';

/** Keys that are file names as they are. One that looks as if it ended in our digest gets a digest, too, so that no two keys share a name. */
const PLAIN = /^[\w-]{1,100}$/;
const DIGESTED = /-[0-9a-f]{16}$/;
/** What the original's broker leaves as it is; a leading dot would hide the file. */
const BROKER = /^[\w-][\w.-]{0,99}$/;

/** The files of one key, without a folder. */
export interface QuestionNames {
  readonly question: string;
  /** Where an answer may come: ours first. */
  readonly answers: readonly string[];
}

/**
 * Askers of the original keep `[a-zA-Z0-9_-]` of a key and its broker keeps dots, so that `c.d` was asked in one file and answered in
 * another (original contract §9). Here each key has a name of its own, and the broker's name is a second place for its answer.
 */
export function questionNames(key: string): QuestionNames {
  const name = PLAIN.test(key) && !DIGESTED.test(key) ? key : digested(key);
  const answers = [`${name}.answer`];
  if (name !== key && BROKER.test(key) && !DIGESTED.test(key)) answers.push(`${key}.answer`);
  return { question: `${name}.question`, answers };
}

function digested(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${key.replace(/[^\w-]/g, '_').slice(0, 60)}-${digest}`;
}
