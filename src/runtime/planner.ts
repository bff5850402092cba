import {
  diffDocuments,
  newAsks,
  parseManifests,
  splitDocuments,
  type Ask,
  type Kind,
  type ParsedDocument,
  type PolicyManifest,
  type PolicySpec,
  type ServiceManifest,
} from '../manifest/index.ts';
import type { Controller } from '../controller/controller.ts';
import { makeDesired } from '../controller/desired.ts';
import type { Entry } from '../controller/entry.ts';
import { firstRow, nextRow } from '../controller/fleet.ts';
import type {
  ArtifactService,
  Desired,
  DocumentOrigin,
  Identity,
  ManifestWriter,
  Plan,
  SecretResolver,
  ServiceRow,
} from '../reconcile/ports.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { previewInterface, type PreviewDeps } from './preview-interface.ts';
import type { PlannedChange, WritesAs } from './types.ts';

/** Longest time for compiling what is only planned. */
const PREVIEW_MS = 30_000;

/** The place of a document that has not been written. */
const NOWHERE: DocumentOrigin = { source: '', revision: '', file: '', line: 1, index: 0 };

export interface PlannerDeps extends PreviewDeps {
  readonly writer: ManifestWriter;
  readonly secrets: SecretResolver;
  readonly artifacts: ArtifactService;
  readonly clock: Clock;
  /** Where a document stands now, if anywhere. */
  placeOf(kind: Kind, name: string): DocumentOrigin | undefined;
}

export interface PlanOptions {
  /** Also what is not among the documents. */
  readonly prune: boolean;
  /** Also what clients would see of each service, from a candidate that is started aside. */
  readonly probe: boolean;
  /** Who would write it and where a new document would go: then the patch is to the letter what would be written. */
  readonly as?: WritesAs;
}

/** A change, and what its service would be; nothing for one that would be gone. */
interface Planned {
  readonly change: PlannedChange;
  readonly desired?: Desired;
}

/**
 * What applying texts would do: the writer's own preview and the loop's own planner, nothing written, nothing started but the candidates
 * of a probe. Rejects with the signal's reason, when every candidate has ended.
 */
export async function planChanges(
  deps: PlannerDeps,
  texts: readonly { file: string; text: string }[],
  options: PlanOptions,
  signal: AbortSignal,
): Promise<readonly PlannedChange[]> {
  const planned: Planned[] = [];
  const policies = new Map<string, PolicySpec>();
  for (const { file, text } of texts) {
    const parsed = parseManifests(file, text);
    const { diagnostics } = parsed;
    if (diagnostics.some(({ severity }) => severity === 'error')) {
      planned.push({ change: { ...bare('Unknown', file), outcome: 'invalid', diagnostics } });
      continue;
    }
    const pieces = splitDocuments(text);
    for (const document of parsed.documents) {
      signal.throwIfAborted();
      if (document.kind === 'Policy') policies.set(document.name, (document.document as PolicyManifest).spec);
      const one = await planDocument(deps, document, pieces[document.index] ?? text, options, signal);
      planned.push({ ...one, change: { ...one.change, diagnostics } });
    }
  }
  if (options.prune) planned.push(...removals(deps.controller, planned));
  return options.probe ? probeAll(deps, planned, policies, signal) : planned.map(({ change }) => change);
}

function bare(kind: string, name: string): Omit<PlannedChange, 'outcome'> {
  return { kind, name, patch: '', fields: [], actions: [], diagnostics: [] };
}

/** What removing a service's document would do, nothing written; conflict where it would have to be forced. */
export async function planRemoval(
  { writer, controller }: Pick<PlannerDeps, 'writer' | 'controller'>,
  { row: { identity, origin } }: Entry,
): Promise<PlannedChange> {
  const { outcome, patch } = await writer.previewRemoval({ kind: 'MCPService', name: identity, at: origin });
  const actions = [`remove ${identity} (its document is taken out of ${origin.file})`];
  return { ...bare('MCPService', identity), outcome, patch, actions, ...drains(controller, identity) };
}

function removals(controller: Controller, planned: readonly Planned[]): readonly Planned[] {
  const named = new Set(planned.map(({ change }) => `${change.kind}/${change.name}`));
  return [...controller.fleet.entries.values()]
    .filter(({ row, deleted }) => !deleted && !named.has(`MCPService/${row.identity}`))
    .map(({ row: { identity } }) => {
      const actions = [`remove ${identity} (not among the given documents)`];
      return {
        change: { ...bare('MCPService', identity), outcome: 'removed', actions, ...drains(controller, identity) },
      };
    });
}

/** Waits for the last candidate, whatever becomes of the others. */
async function probeAll(
  deps: PlannerDeps,
  planned: readonly Planned[],
  policies: ReadonlyMap<string, PolicySpec>,
  signal: AbortSignal,
): Promise<readonly PlannedChange[]> {
  const policyOf = ({ manifest: { spec } }: Desired) =>
    policies.get(spec.policyRef) ?? deps.controller.fleet.policies.get(spec.policyRef)?.spec;
  const outcomes = await Promise.allSettled(
    planned.map(async ({ change, desired }): Promise<PlannedChange> => {
      if (change.kind !== 'MCPService' || change.outcome === 'invalid') return change;
      const policy = desired === undefined ? undefined : policyOf(desired);
      return { ...change, interface: await previewInterface(deps, change.name, desired, policy, signal) };
    }),
  );
  return outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    throw outcome.reason;
  });
}

async function planDocument(
  deps: PlannerDeps,
  document: ParsedDocument,
  text: string,
  { probe, as }: Pick<PlanOptions, 'probe' | 'as'>,
  signal: AbortSignal,
): Promise<Planned> {
  const { kind, name } = document;
  const { outcome, patch } = await deps.writer.preview({
    kind,
    name,
    text,
    at: deps.placeOf(kind, name),
    managedBy: 'clarityctl',
    ...(as && { ...as, exact: true }),
  });
  const entry = deps.controller.fleet.entries.get(name);
  if (kind !== 'MCPService') {
    const { policies, toolsets, sources } = deps.controller.fleet;
    const before = { Policy: policies, Toolset: toolsets, Source: sources }[kind].get(name);
    const fields = before === undefined ? [] : diffDocuments(before.document, document.document);
    return { change: { ...bare(kind, name), outcome, patch, fields } };
  }
  const manifest = document.document as ServiceManifest;
  const fields = diffDocuments(entry?.row.manifest, manifest);
  const change = { ...bare(kind, name), outcome, patch, fields };
  if (outcome === 'unchanged' && !probe) return { change };
  const candidate = await candidateOf(deps, entry, manifest, document.specHash, probe, signal);
  const { desired } = candidate;
  if (outcome === 'unchanged') return { change, desired };
  return {
    change: {
      ...change,
      ...effectsOf(
        deps,
        entry,
        candidate,
        fields.map(({ path }) => path),
      ),
    },
    desired,
  };
}

interface Candidate {
  readonly row: ServiceRow;
  readonly desired: Desired;
}

/** The service as it would be; `runnable`: its module can be started. */
async function candidateOf(
  deps: PlannerDeps,
  entry: Entry | undefined,
  manifest: ServiceManifest,
  specHash: string,
  runnable: boolean,
  signal: AbortSignal,
): Promise<Candidate> {
  const identity = manifest.metadata.name;
  const now = deps.clock.now();
  const row =
    entry === undefined ? firstRow(manifest, specHash, NOWHERE, now) : nextRow(entry.row, manifest, specHash, now);
  const blocked = deps.controller.fleet.blockers(row).get(identity);
  const desired = await makeDesired(
    { row, deleted: false, bornContested: false, ...(blocked && { blocked }) },
    {
      secrets: deps.secrets,
      artifacts: (manifest_, origin) =>
        withDeadline(deps.clock, `compiling ${identity}`, PREVIEW_MS, signal, (inner) =>
          deps.artifacts.preview(manifest_, origin, inner, runnable),
        ),
    },
  );
  return { row, desired };
}

/** Lines that begin with start, restart or stop, and say why; what the module newly asks for; the calls that end first. */
function effectsOf(
  { controller }: PlannerDeps,
  entry: Entry | undefined,
  { row, desired }: Candidate,
  fields: readonly string[],
): Pick<PlannedChange, 'actions' | 'newlyAsks' | 'drains'> {
  const { identity } = desired;
  const asks = newAsks(entry?.desired?.artifact?.asks ?? [], desired.artifact?.asks ?? []);
  const actions = describeActions(identity, controller.reconciler.planFor(desired, identity, row.memory), fields);
  return {
    actions,
    ...(asks.length === 0 ? {} : { newlyAsks: asks.map(describeAsk) }),
    ...(actions.length === 0 ? {} : drains(controller, identity)),
  };
}

/** What clients wait for of the instance that serves. */
function drains(controller: Controller, identity: Identity): Pick<PlannedChange, 'drains'> {
  const inFlight = controller.view.get(identity)?.upstream()?.activity.inFlight ?? 0;
  return inFlight === 0 ? {} : { drains: inFlight };
}

function describeAsk({ need, imports }: Ask): string {
  return `${need} (${imports.join(', ')})`;
}

function describeActions(identity: string, plan: Plan, fields: readonly string[]): readonly string[] {
  const because =
    fields.length === 0 ? '' : ` (${fields.slice(0, 5).join(', ')}${fields.length > 5 ? ', …' : ''} changed)`;
  if (plan.kind !== 'act') return [];
  const start = plan.actions.find(({ kind }) => kind === 'start');
  const stop = plan.actions.find(({ kind }) => kind === 'stop');
  // A new instance beside the old one replaces it; one after it is a restart.
  if (start?.why.reason === 'NewGeneration')
    return [`${stop === undefined ? 'replace' : 'restart'} ${identity}${because}`];
  if (start !== undefined) return [`start ${identity} (${start.why.message})`];
  return stop === undefined ? [] : [`stop ${identity} (${stop.why.message})`];
}
