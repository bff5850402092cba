import type { Closeable } from './operation.ts';

/** Closes `thing` when the signal fires, now if it has; the function that is returned forgets it again. */
export function closeWith(signal: AbortSignal, thing: Closeable): () => void {
  const close = () => thing.close();
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });
  return () => signal.removeEventListener('abort', close);
}
