import type { GatewayView, Upstream } from '../../reconcile/ports.ts';
import { aborted, DeadlineError, withDeadline } from '../../shared/abort.ts';
import type { Clock } from '../../shared/clock.ts';
import { RpcError } from '../../shared/json-rpc.ts';

/**
 * Another instance than `failed`, as soon as one serves; a service that has gone to sleep is woken for it. Undefined after `timeoutMs`, when the
 * signal fires, or where none is to be had.
 */
export async function nextInstance(
  view: GatewayView,
  clock: Clock,
  failed: Upstream,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Upstream | undefined> {
  const what = `another instance of ${failed.ref.identity}`;
  try {
    return await withDeadline(clock, what, timeoutMs, signal, (inner) => watch(view, failed, inner));
  } catch (error) {
    // Where it does not come, the caller gets the error that its call met.
    if (signal.aborted || error instanceof DeadlineError || error instanceof RpcError) return undefined;
    throw error;
  }
}

async function watch(view: GatewayView, { ref }: Upstream, signal: AbortSignal): Promise<Upstream | undefined> {
  const over = aborted(signal);
  over.catch(() => undefined);
  let notify: () => void = () => undefined;
  const unsubscribe = view.onChange(({ identity }) => {
    if (identity === ref.identity) notify();
  });
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => (notify = resolve));
      const service = view.get(ref.identity);
      if (service === undefined) return undefined;
      const found = service.upstream() ?? (await service.wake?.(signal));
      if (found !== undefined && found.ref.id !== ref.id) return found;
      await Promise.race([changed, over]);
    }
  } finally {
    unsubscribe();
  }
}
