import type { ServiceView } from '../../runtime/types.ts';
import type { BuiltinDeps, ToolCall } from './tool.ts';

/** A service that has settled, or as it is when its time is over. */
export interface Settled {
  readonly view: ServiceView;
  readonly met: boolean;
  /** Why it did not get where its manifest wants it; absent where it did. */
  readonly why?: string;
}

/** The service once it is Ready, stopped or Stalled, as its manifest wants it, or after startTimeoutMs (surfaces.md, HTTP). A suspended one is not waited for. */
export async function settled(
  { runtime }: BuiltinDeps,
  { signal, progress }: ToolCall,
  view: ServiceView,
): Promise<Settled> {
  const { identity, manifest } = view.desired;
  const { enabled, autostart, suspend, startTimeoutMs } = manifest.spec;
  if (suspend) return { view, met: true };
  const kind = enabled && autostart ? 'ready' : 'stopped';
  progress(`waiting until ${identity} is ${kind}`);
  const outcome = await runtime.waitFor(identity, { kind }, startTimeoutMs, signal);
  return {
    view: outcome.view ?? view,
    met: outcome.met,
    ...(outcome.met ? {} : { why: `${identity} is not ${kind}: ${outcome.why}` }),
  };
}
