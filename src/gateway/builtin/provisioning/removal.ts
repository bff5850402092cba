import type { Answer, BuiltinDeps, ToolCall } from '../tool.ts';
import { askForApproval } from './approval.ts';

/** A service that a tool wants gone. */
export interface Removal {
  readonly tool: string;
  /** Name or service id. */
  readonly id: string;
  /** Also what only it used of the artifact cache. */
  readonly cleanUp: boolean;
}

/** Deletes the manifest of a service (or proposes to), and waits until it is gone. Throws NotFound, and Conflict for what a person wrote. */
export async function removal(deps: BuiltinDeps, call: ToolCall, { tool, id, cleanUp }: Removal): Promise<Answer> {
  const { runtime, provisioning } = deps;
  const { identity, manifest } = runtime.get(id).desired;
  const { startTimeoutMs, stopGraceSeconds } = manifest.spec;
  if (provisioning.approval === 'required') {
    const answer = await askForApproval(deps, call, tool, { kind: 'remove', name: identity });
    if (answer !== undefined) return answer;
  } else await runtime.remove(identity, { force: false });
  call.progress(`waiting until ${identity} is gone`);
  const waitMs = Math.max(startTimeoutMs, stopGraceSeconds * 1000);
  const { met, why } = await runtime.waitFor(identity, { kind: 'delete' }, waitMs, call.signal);
  // Not before: a call that is still in flight may need them.
  const artifactRemoved = cleanUp && (await runtime.cleanUpArtifacts(identity));
  return {
    json: { removed: true, artifactRemoved, serviceId: manifest.metadata.serviceId },
    ...(met ? {} : { note: `The manifest is deleted, but ${identity} still stops: ${why}` }),
  };
}
