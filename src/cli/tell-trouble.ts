import { errorMessage } from '../shared/errors.ts';
import { firstLine, oneLine } from '../shared/text.ts';
import type { CommandContext } from './command-context.ts';

/**
 * Tells on stderr what goes wrong with a service while `work` waits for it: each failed start with its reason, one line each. What goes well is
 * not told: the end of the wait says it.
 */
export async function tellTrouble<T>(context: CommandContext, name: string, work: () => Promise<T>): Promise<T> {
  const { client, signal } = context;
  const { items } = await client.events({ limit: 1, signal });
  const over = new AbortController();
  const stop = () => over.abort();
  signal.addEventListener('abort', stop, { once: true });
  const told = tell(context, name, items.at(-1)?.seq ?? 0, over.signal).catch((error: unknown) =>
    // The wait goes on without.
    context.warn(`what happens meanwhile is not shown: ${oneLine(errorMessage(error), 500)}`),
  );
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await told;
  }
}

async function tell(
  { client, warn }: CommandContext,
  service: string,
  afterSeq: number,
  signal: AbortSignal,
): Promise<void> {
  const events = client.followEvents({ service, afterSeq, signal });
  for await (const { level, reason, message } of events) {
    if (signal.aborted) return;
    if (level === 'info') continue;
    const why = reason === undefined ? '' : `${reason}: `;
    warn(oneLine(`service/${service} ${why}${firstLine(message)}`, 2000));
  }
}
