import { aborted } from '../shared/abort.ts';
import type { CommandContext } from './command-context.ts';

/** An answer that is longer is none. */
const MAX_ANSWER = 1000;

/** True where a person reads what is printed and can answer. */
export function canAsk({ input }: CommandContext): boolean {
  return input.stdin.isTTY === true && (input.stdout.isTTY === true || input.stderr.isTTY === true);
}

/** Asks on stderr and reads one line; true for y or yes. Rejects with the signal's reason. */
export async function askPerson({ input, signal }: CommandContext, question: string): Promise<boolean> {
  input.stderr.write(`${question} [y/N] `);
  const answer = await Promise.race([readLine(input.stdin), aborted(signal)]);
  return /^\s*y(es)?\s*$/i.test(answer);
}

async function readLine(stdin: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    if (text.includes('\n') || text.length > MAX_ANSWER) break;
  }
  return text.split('\n', 1)[0] ?? '';
}
