import {
  ANNOTATIONS,
  parseManifests,
  splitDocuments,
  type Kind,
  type OriginType,
  type ServiceManifest,
} from '../manifest/index.ts';
import type { Controller } from '../controller/controller.ts';
import type { Entry } from '../controller/entry.ts';
import { introspect } from '../controller/introspect.ts';
import { DEFAULT_POLICY } from '../reconcile/admission.ts';
import type { InterfaceLists } from '../reconcile/interface-diff.ts';
import type {
  ArtifactService,
  DocumentOrigin,
  Driver,
  EventLog,
  GatewayListings,
  ManifestWriter,
  SecretResolver,
  ServedService,
  ServiceLogs,
  Source,
  StatusStore,
  WriteResult,
} from '../reconcile/ports.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import { ClarityError } from '../shared/errors.ts';
import type { Json, JsonObject } from '../shared/json.ts';
import { suggest } from '../shared/suggest.ts';
import { Candidates } from './candidates.ts';
import { planChanges, planRemoval } from './planner.ts';
import { findGeneration, restoreGeneration, type UndoDeps } from './undo.ts';
import { viewOf } from './service-view.ts';
import { findToolset, toolsetViews } from './toolset-view.ts';
import type { ApplyOutcome, RuntimeService, ServiceView, SourceView, Verb } from './types.ts';
import { judge, standing, until } from './wait.ts';

export interface RuntimeDeps {
  readonly clock: Clock;
  readonly controller: Controller;
  readonly sources: readonly (Source & { readonly writableRoot: string })[];
  readonly writer: ManifestWriter;
  readonly secrets: SecretResolver;
  readonly artifacts: ArtifactService;
  readonly store: StatusStore;
  /** The store takes writes. */
  readonly writable: () => boolean;
  readonly events: EventLog;
  readonly logs: ServiceLogs;
  readonly drivers: ReadonlyMap<OriginType, Driver>;
  /** The lists that clients get of a service. */
  readonly expose: (service: ServedService) => InterfaceLists;
  /** What clients are listed now. */
  readonly listings: GatewayListings;
}

/** How long a caller waits for a source to look again. */
const REFRESH_MS = 15_000;
const LIST_TIMEOUT_MS = 20_000;

/** What every door talks to. Writes go to manifests only; the loop does the rest. */
export function createRuntime(deps: RuntimeDeps): RuntimeService {
  const { clock, controller, writer, events, logs, store } = deps;
  const { fleet } = controller;
  const candidates = new Candidates(deps);

  const notFound = (id: string) => {
    const near = suggest(id, [...fleet.entries.keys()]);
    const meant = near === undefined ? '' : `; did you mean "${near}"?`;
    return new ClarityError('NotFound', `there is no service "${id}"${meant}`);
  };
  const entryOf = (id: string): Entry => {
    const entry = fleet.find(id);
    if (entry === undefined) throw notFound(id);
    return entry;
  };
  const view = (entry: Entry): ServiceView => {
    const listed = deps.listings.service(entry.row.identity);
    return { ...viewOf(fleet.follow(entry), controller.sources.diagnostics, clock.now()), ...(listed && { listed }) };
  };
  const refresh = (source: string | undefined, hint?: Parameters<Source['refresh']>[0], signal?: AbortSignal) =>
    withDeadline(clock, 'the scan of the source', REFRESH_MS, signal, (inner) =>
      controller.sources.refresh(source, hint, inner),
    );
  const recordsOf = (kind: 'Policy' | 'Toolset') => (kind === 'Policy' ? fleet.policies : fleet.toolsets);
  const placeOf = (kind: Kind, name: string): DocumentOrigin | undefined => {
    if (kind !== 'MCPService') return recordsOf(kind).get(name)?.origin;
    const entry = fleet.entries.get(name);
    return entry === undefined || entry.deleted ? undefined : entry.row.origin;
  };
  /** What the service was made of, where its files give something else now: then the loop is told to look. */
  const outdatedArtifacts = async ({ row, artifacts: state }: Entry, signal: AbortSignal) => {
    const { enabled, autostart, origin } = row.manifest.spec;
    if (origin.type !== 'local_wasm' || !enabled || !autostart) return undefined;
    if ((await deps.artifacts.resolve(row.manifest, row.origin, signal)) === state) return undefined;
    controller.look(row.identity);
    return { state };
  };
  const seen = (result: WriteResult) =>
    refresh(result.source, { written: [{ file: result.file, contentHash: result.contentHash }] });
  const removeRecord = async (kind: 'Policy' | 'Toolset', name: string, force: boolean) => {
    const at = recordsOf(kind).get(name)?.origin;
    if (at === undefined) throw new ClarityError('NotFound', `there is no ${kind} "${name}"`);
    const result = await writer.remove({ kind, name, at, force });
    await refresh(result.source, { removed: [{ kind, name }] });
    return { file: result.file };
  };
  const undoing: UndoDeps = {
    store,
    writer,
    writable: new Set(deps.sources.map(({ name }) => name)),
    async plan(text) {
      const parts = { ...deps, candidates, placeOf };
      const dry = { prune: false, probe: false };
      return (await planChanges(parts, [{ file: 'manifest', text }], dry, new AbortController().signal))[0];
    },
  };

  return {
    list() {
      return [...fleet.entries.values()].map(view).sort((a, b) => (a.desired.identity < b.desired.identity ? -1 : 1));
    },
    get: (id) => view(entryOf(id)),
    policies() {
      const usedBy = (name: string) =>
        [...fleet.entries.values()]
          .filter(({ row }) => row.manifest.spec.policyRef === name)
          .map(({ row }) => row.identity);
      const declared = [...fleet.policies].map(([name, { spec, origin }]) => ({
        name,
        spec: spec as unknown as JsonObject,
        origin,
        usedBy: usedBy(name),
      }));
      return fleet.policies.has(DEFAULT_POLICY)
        ? declared
        : [{ name: DEFAULT_POLICY, spec: {}, usedBy: usedBy(DEFAULT_POLICY) }, ...declared];
    },
    toolsets: () => toolsetViews(deps),
    toolset: (name) => findToolset(deps, name),
    sources: () =>
      deps.sources.flatMap(({ name, writableRoot }): SourceView[] => {
        const snapshot = controller.sources.snapshots.get(name);
        return snapshot === undefined ? [] : [{ name, kind: 'dir', path: writableRoot, snapshot }];
      }),
    diagnostics() {
      const inSources = [...fleet.entries.values()].flatMap(({ artifacts }) => artifacts?.diagnostics ?? []);
      return errorsFirst([...controller.sources.diagnostics.all, ...inSources]);
    },
    readiness() {
      const reasons = deps.sources.flatMap(({ name }) => {
        const snapshot = controller.sources.snapshots.get(name);
        if (snapshot === undefined) return [`source ${name} has not been read yet`];
        return snapshot.complete ? [] : [`source ${name}: ${snapshot.condition?.message ?? 'not complete'}`];
      });
      if (!deps.writable()) reasons.push('the store does not take writes');
      return { ready: reasons.length === 0, reasons };
    },

    async apply(text, options) {
      const parsed = parseManifests('manifest', text);
      const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw invalid(parsed.diagnostics);
      if (parsed.documents.length === 0) throw new ClarityError('BadRequest', 'there is no document in the manifest');
      const pieces = splitDocuments(text);
      const outcomes: ApplyOutcome[] = [];
      for (const { kind, name, index } of parsed.documents) {
        const result = await writer.apply({
          kind,
          name,
          text: pieces[index] ?? text,
          at: placeOf(kind, name),
          ...options,
        });
        if (result.outcome !== 'unchanged') await seen(result);
        const entry = kind === 'MCPService' ? fleet.entries.get(name) : undefined;
        outcomes.push({ ...result, kind, name, diagnostics: parsed.diagnostics, ...(entry && { view: view(entry) }) });
      }
      return outcomes;
    },
    plan: (texts, options, signal) => planChanges({ ...deps, candidates, placeOf }, texts, options, signal),
    planRemoval: async (id) => planRemoval(deps, entryOf(id)),
    async command(id, verb) {
      const entry = entryOf(id);
      const set = editsOf(verb, entry.row.manifest, new Date(clock.now()).toISOString());
      if (set.length > 0)
        await seen(await writer.edit({ kind: 'MCPService', name: entry.row.identity, at: entry.row.origin, set }));
      return view(entry);
    },
    async undo(id, options) {
      // An edit that is not yet seen would be undone unseen.
      await refresh(entryOf(id).row.origin.source);
      const entry = entryOf(id);
      const { to, patch, actions, ...result } = await restoreGeneration(undoing, entry, options);
      const { file } = result;
      const outcome = result.outcome === 'unchanged' ? 'unchanged' : 'configured';
      if (outcome === 'configured' && !options.dryRun) await seen(result);
      return { to, outcome, file, patch, actions, view: view(entry) };
    },
    async remove(id, { force }) {
      const { row } = entryOf(id);
      const result = await writer.remove({ kind: 'MCPService', name: row.identity, at: row.origin, force });
      await refresh(result.source, { removed: [{ kind: 'MCPService', name: row.identity }] });
      return { identity: row.identity, serviceId: row.manifest.metadata.serviceId, file: result.file };
    },
    async cleanUpArtifacts(identity) {
      // Declared again meanwhile: then they are in use.
      if (fleet.entries.get(identity)?.deleted === false) return false;
      return deps.artifacts.cleanUp(identity);
    },
    removePolicy: (name, { force }) => removeRecord('Policy', name, force),
    removeToolset: (name, { force }) => removeRecord('Toolset', name, force),
    async reconcile(id, { withSource, reset }) {
      if (withSource) await refresh(undefined);
      const entries = id === undefined ? [...fleet.entries.values()] : [entryOf(id)];
      for (const { row } of entries) controller.requestReconcile(row.identity, reset);
      return entries.map((entry) => view(entry));
    },
    async introspect(id, signal) {
      const entry = entryOf(id);
      const served = controller.view.get(entry.row.identity);
      const upstream = served?.upstream() ?? (await served?.wake?.(signal));
      if (upstream === undefined)
        throw new ClarityError(
          'NotReady',
          `service "${entry.row.identity}" does not run: see clarityctl describe ${entry.row.identity}`,
        );
      const snapshot = await introspect(upstream, clock, LIST_TIMEOUT_MS, signal);
      if (snapshot.revision !== entry.interface?.revision)
        controller.reconciler.happened(entry.row.identity, { kind: 'introspectWanted' });
      return snapshot;
    },
    confirmPrune(revision) {
      if (!controller.sources.confirmPrune(revision))
        throw new ClarityError('NotFound', `no source is at revision ${revision}: see clarityctl get sources`);
    },
    async waitFor(id, what, timeoutMs, signal) {
      await refresh(undefined, undefined, signal);
      const entry = fleet.find(id);
      if (entry === undefined) {
        if (what.kind === 'delete') return { met: true, why: 'deleted' };
        throw notFound(id);
      }
      const { identity, generation } = entry.row;
      const outdated = await outdatedArtifacts(entry, signal);
      const look = () => {
        const now = fleet.entries.get(identity);
        if (outdated !== undefined && now?.artifacts === outdated.state) return undefined;
        return judge(now && view(now), what, generation);
      };
      const deadline = AbortSignal.timeout(timeoutMs);
      const verdict = await until(controller, AbortSignal.any([signal, deadline]), look).catch((error: unknown) => {
        if (signal.aborted || !deadline.aborted) throw error;
        const now = fleet.entries.get(identity);
        const how = now === undefined ? '' : `; ${standing(view(now), what)}`;
        return { met: false, why: `not within ${String(timeoutMs / 1000)}s${how}` };
      });
      const now = fleet.entries.get(identity);
      return { ...verdict, ...(now && { view: view(now) }) };
    },

    generation: (id, generation) => {
      const { identity } = entryOf(id).row;
      return findGeneration(store.history(identity), identity, generation);
    },
    history: (id) => store.history(entryOf(id).row.identity),
    events: ({ id, ...filter }) =>
      events.list({ ...filter, ...(id === undefined ? {} : { identity: fleet.find(id)?.row.identity ?? id }) }),
    onEvent: (listener) => events.listen(listener),
    logs: (id, limit) => logs.tail(entryOf(id).row.identity, limit),
    followLogs: (id, listener) => logs.follow(entryOf(id).row.identity, listener),
    upstream: (id) => controller.view.get(entryOf(id).row.identity)?.upstream(),
  };
}

function errorsFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return [...errors, ...diagnostics.filter(({ severity }) => severity !== 'error')];
}

function invalid(diagnostics: readonly Diagnostic[]): ClarityError {
  const [first] = diagnostics;
  return new ClarityError('ManifestInvalid', `invalid manifest: ${first?.message ?? ''}`, {
    data: { diagnostics } as unknown as Json,
  });
}

/** The smallest edit that makes the verb true; empty where it is already (manifest.md, imperative verbs). */
function editsOf(
  verb: Verb,
  { spec }: ServiceManifest,
  now: string,
): readonly { path: readonly string[]; value: Json }[] {
  const flag = (name: 'enabled' | 'autostart' | 'suspend', value: boolean) =>
    spec[name] === value ? [] : [{ path: ['spec', name], value }];
  switch (verb) {
    case 'start':
      return [...flag('enabled', true), ...flag('autostart', true)];
    case 'stop':
      return flag('enabled', false);
    case 'suspend':
      return flag('suspend', true);
    case 'resume':
      return flag('suspend', false);
    case 'restart':
      return [{ path: ['metadata', 'annotations', ANNOTATIONS.restartedAt], value: now }];
    case 'unquarantine':
      return [{ path: ['metadata', 'annotations', ANNOTATIONS.unquarantinedAt], value: now }];
  }
}
