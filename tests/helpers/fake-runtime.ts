import type { PolicyManifest, ServiceManifest } from '../../src/manifest/index.ts';
import { parseManifests } from '../../src/manifest/index.ts';
import type {
  Commit,
  Desired,
  HistoryEntry,
  InterfaceSnapshot,
  LogLine,
  RuntimeEvent,
  ServiceStatus,
  Writing,
} from '../../src/reconcile/ports.ts';
import type {
  ApplyOutcome,
  PlannedChange,
  PolicyView,
  RecordedGeneration,
  RuntimeService,
  ServiceView,
  SourceView,
  ToolsetView,
  UndoOutcome,
  Verb,
  WaitFor,
  WrittenView,
} from '../../src/runtime/types.ts';
import { findGeneration } from '../../src/runtime/undo.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import type { Json, JsonObject } from '../../src/shared/json.ts';

/** The moment at which every fake fact happened. */
export const NOW = 1_700_000_000_000;
const ISO = new Date(NOW).toISOString();

/** Everything asked of the runtime, in order: `[method, …arguments]`. */
export type Asked = readonly [method: string, ...rest: unknown[]];

/**
 * A runtime of values: what the routes are told is what a test put in, and what they asked stands in `asked`. Services settle at
 * once, unless `waitFor` is replaced.
 */
export class FakeRuntime implements RuntimeService {
  readonly views = new Map<string, ServiceView>();
  readonly asked: Asked[] = [];
  readonly log: LogLine[] = [];
  readonly past: RuntimeEvent[] = [];
  planned: PlannedChange[] = [];
  state: { ready: boolean; reasons: string[] } = { ready: true, reasons: [] };
  /** Thrown by the next call that changes something. */
  failure: Error | undefined;
  readonly #listeners = new Set<(event: RuntimeEvent) => void>();
  readonly #followers = new Set<(line: LogLine) => void>();

  /** Puts a service in as `text` declares it. */
  add(text: string, over: { status?: Partial<ServiceStatus>; view?: Partial<ServiceView> } = {}): ServiceView {
    const { documents, diagnostics } = parseManifests('services.d/fake.yaml', text);
    const [parsed] = documents;
    if (parsed === undefined) throw new Error(diagnostics.map((item) => item.text).join('\n'));
    const manifest = parsed.document as ServiceManifest;
    const desired = desiredOf(manifest, parsed.specHash);
    const view: ServiceView = {
      desired,
      status: { ...runningStatus(desired), ...over.status },
      plan: { kind: 'noop', why: { reason: 'AsDesired', message: 'as desired' } },
      interface: SNAPSHOT,
      diagnostics: [],
      firstSeenMs: NOW - 60_000,
      ...over.view,
    };
    this.views.set(desired.identity, view);
    return view;
  }

  emit(event: Partial<RuntimeEvent> = {}): RuntimeEvent {
    const seq = (this.past.at(-1)?.seq ?? 0) + 1;
    const whole = {
      seq,
      at: ISO,
      kind: 'service.started',
      level: 'info',
      message: `event ${String(seq)}`,
      ...event,
    } as const;
    this.past.push(whole);
    for (const listener of this.#listeners) listener(whole);
    return whole;
  }

  write(text: string, atMs = NOW): void {
    const line: LogLine = { at: new Date(atMs).toISOString(), stream: 'stderr', text };
    this.log.push(line);
    for (const follower of this.#followers) follower(line);
  }

  /** How many streams listen. */
  get listening(): number {
    return this.#listeners.size + this.#followers.size;
  }

  list(): readonly ServiceView[] {
    return [...this.views.values()];
  }

  get(id: string): ServiceView {
    const view = this.list().find(
      ({ desired }) => desired.identity === id || desired.manifest.metadata.serviceId === id,
    );
    if (view === undefined) throw new ClarityError('NotFound', `there is no service "${id}"`);
    return view;
  }

  policies(): readonly PolicyView[] {
    const spec: PolicyManifest['spec'] = { timeoutMs: 1000 };
    return [{ name: 'default', spec: spec as JsonObject, usedBy: [...this.views.keys()] }];
  }

  toolsets(): readonly ToolsetView[] {
    return [TOOLSET];
  }

  toolset(name: string): ToolsetView {
    if (name !== TOOLSET.name) throw new ClarityError('NotFound', `there is no Toolset "${name}"`);
    return TOOLSET;
  }

  refreshSoon(source: string): void {
    this.#ask('refreshSoon', source);
    if (source !== 'services') throw new ClarityError('NotFound', `there is no source "${source}"`);
  }

  sources(): readonly SourceView[] {
    const files = this.list().map(({ desired }) => ({
      file: desired.origin.file,
      documents: [],
      diagnostics: [],
      stale: false,
    }));
    const snapshot = { source: 'services', revision: 'dir@sha256:1', complete: true, files };
    return [{ name: 'services', kind: 'dir', path: '/w/services.d', snapshot }];
  }

  diagnostics() {
    return this.list().flatMap(({ diagnostics }) => diagnostics);
  }

  readiness() {
    return this.state;
  }

  async apply(
    text: string,
    options: Writing & { managedBy: string; force: boolean; folder?: string },
  ): Promise<readonly ApplyOutcome[]> {
    this.#ask('apply', text, options);
    const { documents, diagnostics } = parseManifests('services.d/fake.yaml', text);
    if (diagnostics.some(({ severity }) => severity === 'error'))
      throw new ClarityError('ManifestInvalid', 'the manifest is not valid', {
        data: { diagnostics: diagnostics as unknown as Json },
      });
    return documents.map(({ kind, name, document, specHash }) => {
      const view = kind === 'MCPService' ? this.#put(document as ServiceManifest, specHash) : undefined;
      const written = {
        outcome: 'created',
        file: `services.d/${name}.yaml`,
        contentHash: 'c',
        source: 'services',
      } as const;
      return { ...written, kind, name, diagnostics: [], ...(view && { view }), ...committed(options) };
    });
  }

  async plan(texts: readonly { file: string; text: string }[], options: { prune: boolean; probe: boolean }) {
    this.#ask('plan', texts, options);
    return this.planned;
  }

  async planRemoval(id: string): Promise<PlannedChange> {
    this.#ask('planRemoval', id);
    const { identity, origin } = this.get(id).desired;
    const actions = [`remove ${identity} (its document is taken out of ${origin.file})`];
    const nothing = { fields: [], diagnostics: [] };
    return {
      kind: 'MCPService',
      name: identity,
      outcome: 'removed',
      patch: `-name: ${identity}\n`,
      actions,
      ...nothing,
    };
  }

  async command(id: string, verb: Verb, options: Writing = {}): Promise<WrittenView> {
    this.#ask('command', id, verb, ...(options.commit === undefined ? [] : [options]));
    return { ...this.get(id), ...committed(options) };
  }

  async remove(id: string, options: Writing & { force: boolean }) {
    this.#ask('remove', id, options);
    const { identity, manifest, origin } = this.get(id).desired;
    this.views.delete(identity);
    return { identity, serviceId: manifest.metadata.serviceId, file: origin.file, ...committed(options) };
  }

  async cleanUpArtifacts(identity: string) {
    this.#ask('cleanUpArtifacts', identity);
    return true;
  }

  async removePolicy(name: string, options: Writing & { force: boolean }) {
    this.#ask('removePolicy', name, options);
    return { file: `services.d/${name}.yaml`, ...committed(options) };
  }

  async removeToolset(name: string, options: Writing & { force: boolean }) {
    this.#ask('removeToolset', name, options);
    return { file: `services.d/${name}.yaml`, ...committed(options) };
  }

  async reconcile(id: string | undefined, options: { withSource: boolean; reset: boolean }) {
    this.#ask('reconcile', id, options);
    return id === undefined ? this.list() : [this.get(id)];
  }

  confirmPrune(revision: string): void {
    this.#ask('confirmPrune', revision);
  }

  async introspect(id: string, _signal: AbortSignal): Promise<InterfaceSnapshot> {
    this.#ask('introspect', id);
    this.get(id);
    return SNAPSHOT;
  }

  async waitFor(id: string, what: WaitFor, timeoutMs: number, _signal: AbortSignal): Promise<Waited> {
    this.#ask('waitFor', id, what, timeoutMs);
    const view = this.views.get(id);
    return { met: true, why: what.kind, ...(view === undefined ? {} : { view }) };
  }

  async undo(id: string, options: Writing & { to?: number; dryRun: boolean }): Promise<UndoOutcome> {
    this.#ask('undo', id, options);
    const { to = 1 } = options;
    const patch =
      '--- a/f\n+++ b/f\n-    env: [{name: A, value: hush-hush}]\n+    env: [{name: A, value: once-hushed}]\n';
    const actions = options.dryRun ? [`restart ${id} (spec.origin.env changed)`] : [];
    const file = 'services.d/fake.yaml';
    return { to, outcome: 'configured', file, patch, actions, view: this.get(id), ...committed(options) };
  }

  generation(id: string, generation: number): RecordedGeneration {
    return findGeneration(this.history(id), id, generation);
  }

  history(id: string): readonly HistoryEntry[] {
    const { identity } = this.get(id).desired;
    const document = parseManifests('fake.yaml', TEXT.replace('hush-hush', 'once-hushed')).documents[0]?.raw ?? {};
    const entry = { identity, specHash: 's', revision: 'dir@sha256:1', atMs: NOW, who: '', outcome: 'Ready' };
    return [
      { ...entry, generation: 2, what: 'spec.origin.args' },
      { ...entry, generation: 1, what: 'created', document },
    ];
  }

  events({ id, afterSeq, limit }: { id?: string; afterSeq?: number; limit: number }): readonly RuntimeEvent[] {
    const identity = id === undefined ? undefined : (this.views.get(id)?.desired.identity ?? id);
    const mine = this.past.filter((event) => identity === undefined || event.identity === identity);
    return afterSeq === undefined ? mine.slice(-limit) : mine.filter(({ seq }) => seq > afterSeq).slice(0, limit);
  }

  onEvent(listener: (event: RuntimeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async logs(id: string, limit: number): Promise<readonly LogLine[]> {
    this.get(id);
    return this.log.slice(-limit);
  }

  followLogs(_id: string, listener: (line: LogLine) => void): () => void {
    this.#followers.add(listener);
    return () => this.#followers.delete(listener);
  }

  upstream(): undefined {
    return undefined;
  }

  #ask(...asked: Asked): void {
    this.asked.push(asked);
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #put(manifest: ServiceManifest, specHash: string): ServiceView {
    const desired = desiredOf(manifest, specHash);
    const view = { ...this.add(TEXT), desired, status: runningStatus(desired) };
    if (desired.identity !== 'files') this.views.delete('files');
    this.views.set(desired.identity, view);
    return view;
  }
}

type Waited = Awaited<ReturnType<RuntimeService['waitFor']>>;

/** The commit of a change that was to be committed. */
function committed({ commit }: Writing): { commit?: Commit } {
  if (commit === undefined) return {};
  const { message = 'ours', author } = commit;
  return { commit: { sha: 'c'.repeat(40), author: author?.name ?? 'clarity-runtime', subject: message, atMs: NOW } };
}

/** A stdio service named files, with one secret. */
export const TEXT = `apiVersion: clarity.runtime/v1
kind: MCPService
metadata: {name: files, displayName: Files, labels: {team: docs}}
spec:
  startTimeoutMs: 7000
  origin:
    type: local_stdio
    command: node
    env: [{name: API_KEY, value: hush-hush}, {name: OTHER, secretRef: "env:OTHER"}]
`;

/** A toolset of the one tool of files, and of a service that is not there. */
const TOOLSET: ToolsetView = {
  name: 'reading',
  labels: { team: 'docs' },
  spec: { services: ['files', 'gone'], tools: { rename: { files__read: 'cat' } }, mode: 'list' },
  origin: { source: 'services', revision: 'dir@sha256:1', file: 'services.d/reading.yaml', line: 1, index: 0 },
  services: [{ name: 'files', served: true, tools: 1 }],
  listed: { tools: 1, tokens: 25 },
  tools: [{ name: 'cat', service: 'files', upstreamName: 'read', tokens: 25 }],
  warnings: ['services "gone" selects no declared service'],
};

const SNAPSHOT: InterfaceSnapshot = {
  revision: 'sha256:i',
  introspectedAtMs: NOW,
  protocolVersion: '2025-06-18',
  capabilities: { tools: {} },
  serverInfo: { name: 'fake', version: '1' },
  tools: [{ name: 'read', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } }],
  resources: [],
  resourceTemplates: [],
  prompts: [],
};

function desiredOf(manifest: ServiceManifest, specHash: string): Desired {
  const { name } = manifest.metadata;
  const origin = { source: 'services', revision: 'dir@sha256:1', file: `services.d/${name}.yaml`, line: 1, index: 0 };
  return { identity: name, generation: 3, specHash, runHash: 'r', originHash: 'o', manifest, origin };
}

function runningStatus({ generation }: Desired): ServiceStatus {
  const condition = { message: 'serving 1 tool', lastTransitionTime: ISO, observedGeneration: generation };
  return {
    observedGeneration: generation,
    observedRevision: 'dir@sha256:1',
    sync: 'Synced',
    health: 'Healthy',
    lifecycle: 'RUNNING',
    conditions: [{ type: 'Ready', status: 'True', reason: 'Serving', ...condition }],
    pid: 4242,
    startedAtMs: NOW - 30_000,
    restarts: 0,
    interface: {
      revision: 'sha256:i',
      introspectedAtMs: NOW,
      tools: 1,
      resources: 0,
      resourceTemplates: 0,
      prompts: 0,
    },
  };
}
