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
  RefreshHint,
  SecretResolver,
  ServedService,
  ServiceLogs,
  Source,
  SourceSet,
  StatusStore,
  WriteResult,
  Writing,
} from '../reconcile/ports.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import type { Json, JsonObject } from '../shared/json.ts';
import { suggest } from '../shared/suggest.ts';
import { Candidates } from './candidates.ts';
import { inWords } from './in-words.ts';
import { planChanges, planRemoval } from './planner.ts';
import { findGeneration, restoreGeneration, type UndoDeps } from './undo.ts';
import { viewOf } from './service-view.ts';
import { sourceViews, unreadSources } from './source-view.ts';
import { findToolset, toolsetViews } from './toolset-view.ts';
import type { ApplyOutcome, RemovedRecord, RuntimeService, ServiceView, Verb } from './types.ts';
import { judge, standing, until } from './wait.ts';

export interface RuntimeDeps {
  readonly clock: Clock;
  readonly controller: Controller;
  readonly sources: SourceSet;
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
  const recordsOf = (kind: Exclude<Kind, 'MCPService'>) =>
    ({ Policy: fleet.policies, Toolset: fleet.toolsets, Source: fleet.sources })[kind];
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
  /** Looks at the source that was written to; of what is pushed for good, a source that cannot be read now says so beside the commit. */
  const sawWrite = async ({ source, commit }: WriteResult, hint: RefreshHint) => {
    try {
      await refresh(source, hint);
    } catch (error) {
      if (commit === undefined) throw error;
      const message = `committed as ${commit.sha}, but source ${source} was not read again: ${errorMessage(error)}`;
      throw new ClarityError('NotReady', message, { cause: error });
    }
  };
  const seen = (result: WriteResult) =>
    sawWrite(result, { written: [{ file: result.file, contentHash: result.contentHash }] });
  const removeRecord = async (
    kind: 'Policy' | 'Toolset',
    name: string,
    options: Writing & { force: boolean },
  ): Promise<RemovedRecord> => {
    const at = recordsOf(kind).get(name)?.origin;
    if (at === undefined) throw new ClarityError('NotFound', `there is no ${kind} "${name}"`);
    const result = await writer.remove({ kind, name, at, ...options });
    await sawWrite(result, { removed: [{ kind, name }] });
    const { file, commit } = result;
    return { file, ...(commit && { commit }) };
  };
  const undoing: UndoDeps = {
    store,
    writer,
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
    sources: () => sourceViews(deps),
    refreshSoon(source) {
      if (!controller.sources.refreshSoon(source)) throw new ClarityError('NotFound', `there is no source "${source}"`);
    },
    diagnostics() {
      const inSources = [...fleet.entries.values()].flatMap(({ artifacts }) => artifacts?.diagnostics ?? []);
      return errorsFirst([...controller.sources.diagnostics.all, ...inSources]);
    },
    readiness() {
      const reasons = [...unreadSources(deps)];
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
    async command(id, verb, options = {}) {
      const entry = entryOf(id);
      const { identity: name, origin: at, manifest } = entry.row;
      const set = editsOf(verb, manifest, new Date(clock.now()).toISOString());
      if (set.length === 0) return view(entry);
      const wish = inWords(options, `${verb[0]?.toUpperCase() ?? ''}${verb.slice(1)} ${name}`);
      const result = await writer.edit({ kind: 'MCPService', name, at, set, ...wish });
      await seen(result);
      return { ...view(entry), ...(result.commit && { commit: result.commit }) };
    },
    async undo(id, options) {
      // An edit that is not yet seen would be undone unseen.
      await refresh(entryOf(id).row.origin.source);
      const entry = entryOf(id);
      const { to, patch, actions, ...result } = await restoreGeneration(undoing, entry, options);
      const { file, commit } = result;
      const outcome = result.outcome === 'unchanged' ? 'unchanged' : 'configured';
      if (outcome === 'configured' && !options.dryRun) await seen(result);
      return { to, outcome, file, patch, actions, view: view(entry), ...(commit && { commit }) };
    },
    async remove(id, options) {
      const { identity, origin: at, manifest } = entryOf(id).row;
      const result = await writer.remove({ kind: 'MCPService', name: identity, at, ...options });
      await sawWrite(result, { removed: [{ kind: 'MCPService', name: identity }] });
      const { file, commit } = result;
      return { identity, serviceId: manifest.metadata.serviceId, file, ...(commit && { commit }) };
    },
    async cleanUpArtifacts(identity) {
      // Declared again meanwhile: then they are in use.
      if (fleet.entries.get(identity)?.deleted === false) return false;
      return deps.artifacts.cleanUp(identity);
    },
    removePolicy: (name, options) => removeRecord('Policy', name, options),
    removeToolset: (name, options) => removeRecord('Toolset', name, options),
    async reconcile(id, { withSource, reset }) {
      if (withSource) await refresh(id === undefined ? undefined : entryOf(id).row.origin.source);
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
      // Not at repositories: whoever waits would wait for the network.
      await withDeadline(clock, 'the scan of the folders', REFRESH_MS, signal, (inner) =>
        controller.sources.refreshFolders(inner),
      );
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
