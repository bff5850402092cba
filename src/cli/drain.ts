import type { CliStream } from './cli-input.ts';

/** Resolves when the reader of the stream has caught up, or the signal fires; at once where it is not behind. */
export async function drain(stream: CliStream, signal: AbortSignal): Promise<void> {
  if (stream.writableNeedDrain !== true || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.removeListener('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    stream.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
