import type { Closeable } from './operation.ts';

/** A call may have many things open: one listener a signal, where node warns of more than ten. */
const open = new WeakMap<AbortSignal, Set<Closeable>>();

/** Closes `thing` when the signal fires, now if it has; the function that is returned forgets it again. */
export function closeWith(signal: AbortSignal, thing: Closeable): () => void {
  if (signal.aborted) {
    thing.close();
    return () => undefined;
  }
  const things = open.get(signal) ?? listen(signal);
  things.add(thing);
  return () => void things.delete(thing);
}

function listen(signal: AbortSignal): Set<Closeable> {
  const things = new Set<Closeable>();
  open.set(signal, things);
  const close = () => {
    for (const thing of [...things]) thing.close();
  };
  signal.addEventListener('abort', close, { once: true });
  return things;
}
