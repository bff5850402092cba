import { startFailure } from '../controller/act.ts';
import type { Controller } from '../controller/controller.ts';
import type { PolicySpec } from '../manifest/index.ts';
import { toolRulesOf } from '../reconcile/admission.ts';
import { diffInterfaces, type InterfaceLists } from '../reconcile/interface-diff.ts';
import type { Desired, Identity, InterfaceSnapshot, ServedService, Why } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import type { JsonObject } from '../shared/json.ts';
import { estimateTokens } from '../shared/token-estimate.ts';
import type { Candidates } from './candidates.ts';
import type { PlannedInterface } from './types.ts';

export interface PreviewDeps {
  readonly controller: Controller;
  readonly candidates: Candidates;
  /** The lists that clients get of a service: names as the gateway exposes them. */
  readonly expose: (service: ServedService) => InterfaceLists;
}

const NOTHING: InterfaceLists = { tools: [], prompts: [], resources: [], resourceTemplates: [] };

/**
 * What clients would gain, lose or see change, were `desired` in force (undefined: nothing): what is served now against what a candidate
 * advertises, which is started aside for it. Rejects with the signal's reason only: a candidate that does not come up is an answer.
 */
export async function previewInterface(
  { controller, candidates, expose }: PreviewDeps,
  identity: Identity,
  desired: Desired | undefined,
  policy: PolicySpec | undefined,
  signal: AbortSignal,
): Promise<PlannedInterface> {
  const served = controller.view.get(identity);
  const before = served === undefined ? NOTHING : expose(served);
  if (desired === undefined || !isToRun(desired)) return compared(before, NOTHING);
  // Sources that do not compile leave the last good module in force, which says nothing about them.
  const trouble = desired.blocked ?? desired.stale;
  if (trouble !== undefined) return { outcome: 'failed', why: trouble };
  const left = whyLeftAlone(desired, served);
  if (left !== undefined) return { outcome: 'skipped', why: left };
  try {
    const snapshot = await candidates.introspect(desired, signal);
    return compared(before, expose(servedAs(desired, snapshot, policy)));
  } catch (error) {
    signal.throwIfAborted();
    return { outcome: 'failed', why: startFailure(error) };
  }
}

function isToRun({ manifest: { spec } }: Desired): boolean {
  return spec.enabled && spec.autostart;
}

function whyLeftAlone({ manifest: { spec } }: Desired, served: ServedService | undefined): Why | undefined {
  if (spec.suspend) return because('Suspended', 'spec.suspend is true');
  if (spec.rollout.strategy === 'Overlap' || served?.upstream() === undefined) return undefined;
  return because('Serving', 'it runs, and spec.rollout.strategy Recreate says that it cannot run twice');
}

function compared(before: InterfaceLists, after: InterfaceLists): PlannedInterface {
  const tokens = { before: tokensOf(before.tools), after: tokensOf(after.tools) };
  return { outcome: 'compared', changes: diffInterfaces(before, after), tokens };
}

function tokensOf(tools: readonly JsonObject[]): number {
  return estimateTokens(tools.map((tool) => JSON.stringify(tool)));
}

/** As the gateway would see it. */
function servedAs(
  { identity, manifest }: Desired,
  snapshot: InterfaceSnapshot,
  policy: PolicySpec | undefined,
): ServedService {
  const { metadata, spec } = manifest;
  return {
    identity,
    serviceId: metadata.serviceId,
    displayName: metadata.displayName,
    namespace: spec.toolNamespace,
    interface: snapshot,
    toolRules: toolRulesOf(manifest, policy),
    rename: spec.tools.rename ?? {},
    limits: { timeoutMs: 0 },
    upstream: () => undefined,
  };
}
