import type { FastifyReply } from 'fastify';
import type { ServiceView } from '../runtime/types.ts';
import type { RouteContext } from './deps.ts';
import { durationOf } from './query.ts';

/**
 * The service once it is Ready, stopped or Stalled, as its manifest wants it, or as it is when the time is over.
 * `wait` is the query's; where absent, `fallbackMs` counts. A suspended service is not waited for: nobody moves it.
 */
export async function settled(
  context: RouteContext,
  reply: FastifyReply,
  view: ServiceView,
  wait: string | undefined,
  fallbackMs: number,
): Promise<ServiceView> {
  const waitMs = durationOf('wait', wait, fallbackMs);
  const { identity, manifest } = view.desired;
  if (waitMs === 0 || manifest.spec.suspend) return view;
  const kind = manifest.spec.enabled && manifest.spec.autostart ? 'ready' : 'stopped';
  const outcome = await context.runtime.waitFor(identity, { kind }, waitMs, context.callers.signal(reply));
  return outcome.view ?? view;
}
