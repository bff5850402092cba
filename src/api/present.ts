import { grantedAsks } from '../manifest/index.ts';
import type { HistoryEntry, InterfaceSnapshot, LogLine, Plan, RuntimeEvent } from '../reconcile/ports.ts';
import type { ServiceView } from '../runtime/types.ts';
import { findCondition } from '../shared/condition.ts';
import type { JsonObject } from '../shared/json.ts';
import type { InterfaceAnswer, ServiceStatusAnswer, SnapshotJson } from '../wire/answers.ts';
import type { EventItem, HistoryItem, LogItem, ServiceItem, ServiceRecord, ServiceStatusJson } from '../wire/types.ts';
import { maskManifest, maskUrl } from './mask.ts';

/** The one place where a ServiceView becomes JSON (surfaces.md, HTTP; original contract §1d). `now` is in milliseconds since the epoch. */

/** The original's summary joined by ours. */
export function presentItem(view: ServiceView, now: number): ServiceItem {
  const { desired, status } = view;
  const { metadata, spec } = desired.manifest;
  return {
    serviceId: metadata.serviceId,
    displayName: metadata.displayName,
    sourceFile: maskUrl(metadata.sourceFile),
    module: metadata.module,
    serviceType: metadata.serviceType,
    agent: metadata.agent ?? null,
    originType: spec.origin.type,
    lifecycle: status.lifecycle,
    health: originalHealth(view),
    uptimeSeconds: uptimeSeconds(view, now),
    restartCount: status.restarts,
    policy: { restart: asJson(spec.restartPolicy), remote: remotePolicy(view) },
    interface: interfaceCounts(view),
    listed: view.listed ?? null,
    name: metadata.name,
    namespace: spec.toolNamespace,
    labels: { ...metadata.labels },
    dependsOn: [...spec.dependsOn],
    ...progress(view),
    status: presentStatus(view, now),
  };
}

/** The original's record joined by ours; plain env and header values are masked. */
export function presentRecord(view: ServiceView, now: number): ServiceRecord {
  const { desired, status } = view;
  const { metadata, spec } = desired.manifest;
  const error = lastError(view);
  return {
    manifest: maskManifest(asJson(asWritten(desired.manifest))) as JsonObject,
    runtime: {
      lifecycle: status.lifecycle,
      health: originalHealth(view),
      enabled: spec.enabled,
      autostart: spec.autostart,
      ...(status.pid === undefined ? {} : { pid: status.pid }),
      uptimeSeconds: uptimeSeconds(view, now),
      restartCount: status.restarts,
      ...(error === undefined ? {} : { lastError: error }),
    },
    ...(view.interface === undefined
      ? {}
      : { interfaceSnapshot: presentSnapshot(view.interface) as unknown as JsonObject }),
    listed: view.listed ?? null,
    name: metadata.name,
    specHash: desired.specHash,
    ...progress(view),
    status: presentStatus(view, now),
    plan: presentPlan(view.plan),
    diagnostics: [...view.diagnostics],
    ...asksOf(desired),
  };
}

/** Left out where there is no module whose imports could say it. */
function asksOf({ artifact, manifest }: ServiceView['desired']): Pick<ServiceRecord, 'asks'> {
  if (artifact === undefined) return {};
  const asks = grantedAsks(manifest.spec.origin, artifact.asks);
  return { asks: asks.map((ask) => ({ ...ask, imports: [...ask.imports] })) };
}

export function presentServiceStatus(view: ServiceView, now: number): ServiceStatusAnswer {
  const { generation, observedGeneration, sync, ready } = progress(view);
  const { name, serviceId } = view.desired.manifest.metadata;
  return { name, serviceId, generation, observedGeneration, sync, ready, status: presentStatus(view, now) };
}

export function presentInterface(view: ServiceView): InterfaceAnswer {
  const { name, serviceId } = view.desired.manifest.metadata;
  const nothing = { interfaceRevision: null, introspectedAt: null, protocolVersion: null, serverInfo: null };
  const empty = { capabilities: null, tools: [], resources: [], resourceTemplates: [], prompts: [] };
  return {
    serviceId,
    name,
    ...(view.interface === undefined ? { ...nothing, ...empty } : presentSnapshot(view.interface)),
  };
}

/** Definitions verbatim, revision and time under the original's names. */
export function presentSnapshot(snapshot: InterfaceSnapshot): SnapshotJson {
  const { revision, introspectedAtMs, ...rest } = snapshot;
  return {
    ...rest,
    interfaceRevision: revision,
    introspectedAt: iso(introspectedAtMs),
    tools: [...snapshot.tools],
    resources: [...snapshot.resources],
    resourceTemplates: [...snapshot.resourceTemplates],
    prompts: [...snapshot.prompts],
  };
}

/** `serviceId` is left out for an event of a service that is gone. */
export function presentEvent(event: RuntimeEvent, serviceId: string | undefined): EventItem {
  const { seq, at, kind, level, identity, reason, message, data, count } = event;
  return {
    seq,
    at,
    kind,
    level,
    ...(serviceId === undefined ? {} : { serviceId }),
    ...(identity === undefined ? {} : { name: identity }),
    ...(reason === undefined ? {} : { reason }),
    message,
    ...(data === undefined ? {} : { data }),
    ...(count === undefined ? {} : { count }),
  };
}

/** Without the document: that is asked for by its generation. */
export function presentHistory({
  generation,
  specHash,
  revision,
  atMs,
  what,
  who,
  outcome,
}: HistoryEntry): HistoryItem {
  return { generation, specHash, revision, at: iso(atMs), what, who, outcome };
}

export function presentLog({ at, stream, text }: LogLine): LogItem {
  return { at, stream, text };
}

/** Milliseconds since the epoch as the API writes times. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function presentStatus({ desired, status, firstSeenMs }: ServiceView, now: number): ServiceStatusJson {
  const { lastExit } = status;
  return {
    health: status.health,
    conditions: [...status.conditions],
    observedRevision: status.observedRevision,
    appliedSpecHash: status.observedGeneration === desired.generation ? desired.specHash : '',
    ...(status.pid === undefined ? {} : { pid: status.pid }),
    ...(status.startedAtMs === undefined ? {} : { startedAt: iso(status.startedAtMs) }),
    restarts: status.restarts,
    ...(lastExit === undefined
      ? {}
      : {
          lastExit: {
            code: lastExit.code,
            signal: lastExit.signal,
            at: iso(lastExit.atMs),
            stderrTail: [...lastExit.stderrTail],
            ...(lastExit.error === undefined ? {} : { message: lastExit.error.message }),
          },
        }),
    ...(status.nextAttemptAtMs === undefined ? {} : { nextAttemptAt: iso(status.nextAttemptAtMs) }),
    ...(status.lastHandledReconcileAtMs === undefined
      ? {}
      : { lastHandledReconcileAt: iso(status.lastHandledReconcileAtMs) }),
    ageSeconds: seconds(now - firstSeenMs),
  };
}

function presentPlan(plan: Plan): ServiceRecord['plan'] {
  if (plan.kind === 'act') {
    const why = plan.actions[0]?.why ?? { reason: '', message: '' };
    return { kind: plan.kind, ...why, actions: plan.actions.map((action) => `${action.kind} (${action.why.message})`) };
  }
  return {
    kind: plan.kind,
    ...plan.why,
    actions: [],
    ...(plan.untilMs === undefined ? {} : { at: iso(plan.untilMs) }),
  };
}

/** How far the service is: members that items, records and statuses share. */
function progress({ desired, status }: ServiceView) {
  const { source, file, line, revision } = desired.origin;
  return {
    sync: status.sync,
    ready: findCondition(status.conditions, 'Ready')?.status ?? 'Unknown',
    generation: desired.generation,
    observedGeneration: status.observedGeneration,
    revision,
    origin: { source, file, line },
  };
}

/** surfaces.md, HTTP: the original's words for health. */
function originalHealth({ status }: ServiceView): string {
  if (status.health === 'Healthy') return 'HEALTHY';
  if (status.health !== 'Degraded') return 'UNKNOWN';
  const reasons = (['Stalled', 'Ready', 'Healthy'] as const).map(
    (type) => findCondition(status.conditions, type)?.reason ?? '',
  );
  for (const word of ['TIMEOUT', 'UNAUTHORIZED', 'UNREACHABLE'])
    if (reasons.some((reason) => reason.toUpperCase().includes(word))) return word;
  return 'DEGRADED';
}

function lastError({ status }: ServiceView): string | undefined {
  if (status.health !== 'Degraded') return undefined;
  // Healthy tells the newest failure; the last exit may be of long ago.
  const failing = (['Stalled', 'Healthy', 'Ready'] as const).map((type) => findCondition(status.conditions, type));
  return failing.find((one) => one !== undefined && one.status !== (one.type === 'Stalled' ? 'False' : 'True'))
    ?.message;
}

function uptimeSeconds({ status }: ServiceView, now: number): number {
  return status.lifecycle === 'RUNNING' && status.startedAtMs !== undefined ? seconds(now - status.startedAtMs) : 0;
}

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000));
}

function remotePolicy({ desired }: ServiceView): JsonObject | null {
  const { origin } = desired.manifest.spec;
  if (origin.type !== 'remote_mcp') return null;
  const { timeoutMs, allowedTools, maxPayloadBytes, maxConcurrency } = origin;
  return { timeoutMs, allowedTools, maxPayloadBytes, maxConcurrency };
}

function interfaceCounts({ status }: ServiceView): ServiceItem['interface'] {
  if (status.interface === undefined) return null;
  const { revision, introspectedAtMs, tools, resources, prompts } = status.interface;
  return { interfaceRevision: revision, introspectedAt: iso(introspectedAtMs), tools, resources, prompts };
}

/** Interfaces have no index signature; what they hold is JSON all the same. */
function asJson(value: object): JsonObject {
  return value as JsonObject;
}

/** The manifest with its defaults, in the words of the schema: what is printed can be applied. */
function asWritten(manifest: ServiceView['desired']['manifest']): object {
  const { intervalMs, timeoutMs } = manifest.spec.reconcile;
  const reconcile = { interval: `${String(intervalMs)}ms`, timeout: `${String(timeoutMs)}ms` };
  return { ...manifest, spec: { ...manifest.spec, reconcile } };
}
