import type { JsonObject } from '../shared/json.ts';
import type * as Answers from '../wire/answers.ts';
import type {
  ApplyBody,
  ApproveBody,
  CommitBody,
  PlanBody,
  ProposalsQuery,
  RejectBody,
  UndoBody,
} from '../wire/requests.ts';
import type * as Wire from '../wire/types.ts';
import { follow } from './follow.ts';
import { Transport, type ClientOptions } from './transport.ts';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}
interface Waiting extends CallOptions {
  /** Milliseconds to wait until it has settled; 0 answers at once; the route's own where absent. */
  readonly waitMs?: number;
}
interface Limited extends CallOptions {
  readonly limit?: number;
}
/** `commit`: what a change of a git source takes. */
type Writing = CallOptions & CommitBody;
interface Removing extends Waiting, CommitBody {
  readonly force?: boolean;
  readonly cleanupArtifacts?: boolean;
}
interface Reconciling extends Waiting {
  readonly withSource?: boolean;
  readonly reset?: boolean;
}
export interface FollowOptions extends Limited {
  /** Told of each interruption; the stream then comes back by itself. */
  readonly onInterrupt?: ((error: Error) => void) | undefined;
}
type Items<T> = Promise<Answers.Items<T>>;
type Verb = 'start' | 'stop' | 'restart' | 'unquarantine' | 'suspend' | 'resume';

const SECRETS = '/api/security/auth/secrets';

/** What the verbs that wait by themselves take at most: startTimeoutMs, whatever a manifest says. */
const SETTLE_MS = 600_000;
/** The source is looked at before and after, and a dry run may compile. */
const UNDO_MS = 60_000;
/** It is planned anew, and decisions are taken one after the other. */
const APPROVE_MS = 120_000;
/** A commit is pushed, three times at most, and fetched again. */
const COMMIT_MS = 150_000;

/**
 * The API, one method a route. Each rejects with ApiError (the answer is no), NoDaemonError (nobody answers), DeadlineError, or
 * the reason of its signal.
 */
export class ApiClient {
  readonly #http: Transport;

  constructor(options: ClientOptions) {
    this.#http = new Transport(options);
  }

  status({ signal }: CallOptions = {}): Promise<Answers.StatusAnswer> {
    return this.#http.json('/api/status', { signal });
  }

  /** Resolves also where the daemon is not ready. */
  ready({ signal }: CallOptions = {}): Promise<Answers.ReadyAnswer> {
    return this.#http.json('/readyz', { signal, alsoFine: 503 });
  }

  schema({ signal }: CallOptions = {}): Promise<JsonObject> {
    return this.#http.json('/schemas/mcp-service-v1.schema.json', { signal });
  }

  services({ signal }: CallOptions = {}): Items<Wire.ServiceItem> {
    return this.#http.json('/api/services', { signal });
  }

  sources({ signal }: CallOptions = {}): Items<Wire.SourceItem> {
    return this.#http.json('/api/sources', { signal });
  }

  policies({ signal }: CallOptions = {}): Items<Wire.PolicyItem> {
    return this.#http.json('/api/policies', { signal });
  }

  toolsets({ signal }: CallOptions = {}): Items<Wire.ToolsetItem> {
    return this.#http.json('/api/toolsets', { signal });
  }

  toolset(name: string, { signal }: CallOptions = {}): Promise<Answers.ToolsetAnswer> {
    return this.#http.json(`/api/toolsets/${encodeURIComponent(name)}`, { signal });
  }

  diagnostics({ signal }: CallOptions = {}): Items<Answers.DiagnosticItem> {
    return this.#http.json('/api/diagnostics', { signal });
  }

  /** Waits for the candidates of a probe, which may each take a whole startTimeoutMs. */
  plan(body: PlanBody, { signal }: CallOptions = {}): Promise<Wire.PlanResponse> {
    const waitMs = body.probe === true ? SETTLE_MS * Math.max(1, body.manifests.length) : 0;
    return this.#http.json('/api/plan', { method: 'POST', body, signal, waitMs });
  }

  apply(body: ApplyBody, options: Waiting = {}): Promise<Answers.ApplyAnswer> {
    return this.#http.json('/api/services/apply', { method: 'POST', body, ...waiting(options, 0, commitMs(body)) });
  }

  service(id: string, { signal }: CallOptions = {}): Promise<Answers.ServiceAnswer> {
    return this.#http.json(pathOf(id), { signal });
  }

  serviceStatus(id: string, { signal }: CallOptions = {}): Promise<Answers.ServiceStatusAnswer> {
    return this.#http.json(pathOf(id, 'status'), { signal });
  }

  interface(id: string, { signal }: CallOptions = {}): Promise<Answers.InterfaceAnswer> {
    return this.#http.json(pathOf(id, 'interface'), { signal });
  }

  history(id: string, { signal }: CallOptions = {}): Items<Wire.HistoryItem> {
    return this.#http.json(pathOf(id, 'history'), { signal });
  }

  /** One generation with its document. */
  generation(id: string, generation: number, { signal }: CallOptions = {}): Promise<Wire.HistoryDocument> {
    return this.#http.json(pathOf(id, `history/${String(generation)}`), { signal });
  }

  /** Goes back to generation `to`, or to the newest with another document. */
  undo(id: string, { waitMs, signal, ...body }: Waiting & UndoBody = {}): Promise<Answers.UndoAnswer> {
    const wait = { ...(waitMs === undefined ? {} : { waitMs }), signal };
    const call = waiting(wait, 0, UNDO_MS + commitMs(body));
    return this.#http.json(pathOf(id, 'undo'), { method: 'POST', body, ...call });
  }

  details(
    id: string,
    options: CallOptions & { logLimit?: number; eventLimit?: number; callLimit?: number } = {},
  ): Promise<Answers.DetailsAnswer> {
    const { signal, logLimit, eventLimit, callLimit } = options;
    const query = { log_limit: logLimit, event_limit: eventLimit, call_limit: callLimit };
    return this.#http.json(pathOf(id, 'details'), { query, signal });
  }

  /** Empty and without a name for an unknown service. */
  logs(id: string, { limit, signal }: Limited = {}): Promise<Answers.LogsAnswer> {
    return this.#http.json(pathOf(id, 'logs'), { query: { limit }, signal });
  }

  /** Empty and without a name for an unknown service. */
  serviceEvents(id: string, { limit, signal }: Limited = {}): Promise<Answers.ServiceEventsAnswer> {
    return this.#http.json(pathOf(id, 'events'), { query: { limit }, signal });
  }

  events({ limit, service, signal }: Limited & { service?: string } = {}): Items<Wire.EventItem> {
    return this.#http.json('/api/events', { query: { limit, service }, signal });
  }

  /** `goal`: ready, stopped, delete or condition=TYPE[=STATUS]; at most ten minutes. */
  wait(id: string, goal: string, options: CallOptions & { timeoutMs: number }): Promise<Answers.WaitAnswer> {
    const { timeoutMs, signal } = options;
    const query = { for: goal, timeout: `${String(timeoutMs)}ms` };
    return this.#http.json(pathOf(id, 'wait'), { query, waitMs: timeoutMs, signal });
  }

  command(id: string, verb: Verb, { commit, ...options }: Waiting & CommitBody = {}): Promise<Answers.VerbAnswer> {
    const body = commitOf(commit);
    return this.#http.json(pathOf(id, verb), { method: 'POST', body, ...waiting(options, SETTLE_MS, commitMs(body)) });
  }

  introspect(id: string, { signal }: CallOptions = {}): Promise<Answers.IntrospectAnswer> {
    return this.#http.json(pathOf(id, 'introspect'), { method: 'POST', waitMs: SETTLE_MS, signal });
  }

  /** One service, or all where `id` is undefined. */
  reconcile(
    id: string | undefined,
    { withSource = false, reset = false, ...options }: Reconciling = {},
  ): Promise<Answers.ServiceAnswer | Answers.Items<Wire.ServiceRecord>> {
    const body = { withSource, reset };
    if (id === undefined) return this.#http.json('/api/reconcile', { method: 'POST', body, signal: options.signal });
    return this.#http.json(pathOf(id, 'reconcile'), { method: 'POST', body, ...waiting(options, 0) });
  }

  /** Agrees that what vanished at this revision is stopped. */
  confirmPrune(revision: string, { signal }: CallOptions = {}): Promise<Answers.PruneAnswer> {
    return this.#http.json('/api/prune', { method: 'POST', body: { revision }, signal });
  }

  remove(id: string, options: Removing = {}): Promise<Answers.RemoveAnswer> {
    const { force = false, cleanupArtifacts = false, commit } = options;
    const body = { force, cleanup_artifacts: cleanupArtifacts, ...commitOf(commit) };
    return this.#http.json(pathOf(id), { method: 'DELETE', body, ...waiting(options, SETTLE_MS, commitMs(body)) });
  }

  /** Changes that wait for a person; of every state where none is named. */
  proposals({ state, signal }: CallOptions & ProposalsQuery = {}): Items<Wire.ProposalItem> {
    return this.#http.json('/api/proposals', { query: { state }, signal });
  }

  proposal(id: string, { signal }: CallOptions = {}): Promise<Answers.ProposalAnswer> {
    return this.#http.json(proposalPath(id), { signal });
  }

  /** Agrees to exactly what the plan of that hash says; answers when it is written. */
  approve(id: string, body: ApproveBody, { signal }: CallOptions = {}): Promise<Answers.ProposalAnswer> {
    return this.#http.json(proposalPath(id, 'approve'), { method: 'POST', body, waitMs: APPROVE_MS, signal });
  }

  reject(id: string, body: RejectBody = {}, { signal }: CallOptions = {}): Promise<Answers.ProposalAnswer> {
    return this.#http.json(proposalPath(id, 'reject'), { method: 'POST', body, waitMs: APPROVE_MS, signal });
  }

  removePolicy(name: string, options: Writing & { force?: boolean } = {}): Promise<Answers.RemovePolicyAnswer> {
    return this.#http.json(`/api/policies/${encodeURIComponent(name)}`, removal(options));
  }

  removeToolset(name: string, options: Writing & { force?: boolean } = {}): Promise<Answers.RemovePolicyAnswer> {
    return this.#http.json(`/api/toolsets/${encodeURIComponent(name)}`, removal(options));
  }

  authProviders({ signal }: CallOptions = {}): Promise<Answers.SecretProvidersAnswer> {
    return this.#http.json('/api/security/auth/providers', { signal });
  }

  authSecrets({ signal }: CallOptions = {}): Promise<Answers.SecretsAnswer> {
    return this.#http.json(SECRETS, { signal });
  }

  setSecret(authRef: string, secret: string, { signal }: CallOptions = {}): Promise<Answers.SecretWrittenAnswer> {
    return this.#http.json(SECRETS, { method: 'POST', body: { auth_ref: authRef, secret }, signal });
  }

  deleteSecret(authRef: string, { signal }: CallOptions = {}): Promise<Answers.SecretDeletedAnswer> {
    return this.#http.json(SECRETS, { method: 'DELETE', body: { auth_ref: authRef }, signal });
  }

  validateAuthRef(authRef: string, { signal }: CallOptions = {}): Promise<Answers.SecretCheckAnswer> {
    return this.#http.json('/api/security/auth/validate', { method: 'POST', body: { auth_ref: authRef }, signal });
  }

  /** What happens: after event `afterSeq`, or with the last `limit` events before now. */
  followEvents(
    options: FollowOptions & { service?: string; afterSeq?: number } = {},
  ): AsyncGenerator<Wire.EventItem, void> {
    const { limit, service, afterSeq, signal, onInterrupt } = options;
    const lastId = afterSeq === undefined ? {} : { lastId: String(afterSeq) };
    return follow(this.#http, { path: '/api/events', query: { limit, service }, ...lastId, signal, onInterrupt });
  }

  /** The last `limit` lines, then each new one. */
  followLogs(id: string, { limit, signal, onInterrupt }: FollowOptions = {}): AsyncGenerator<Wire.LogItem, void> {
    return follow(this.#http, { path: pathOf(id, 'logs'), query: { limit, follow: '1' }, signal, onInterrupt });
  }
}

function proposalPath(id: string, part?: string): string {
  return `/api/proposals/${encodeURIComponent(id)}${part === undefined ? '' : `/${part}`}`;
}

function pathOf(id: string, part?: string): string {
  return `/api/services/${encodeURIComponent(id)}${part === undefined ? '' : `/${part}`}`;
}

/** The query, and the time that the daemon may take for it: `fallbackMs` where no wait is asked for, and `besideMs` in any case. */
function waiting({ waitMs, signal }: Waiting, fallbackMs: number, besideMs = 0) {
  const wait = waitMs === undefined ? undefined : `${String(waitMs)}ms`;
  return { query: { wait }, waitMs: (waitMs ?? fallbackMs) + besideMs, signal };
}

function removal({ force = false, commit, signal }: Writing & { readonly force?: boolean }) {
  const body = { force, ...commitOf(commit) };
  return { method: 'DELETE', body, waitMs: commitMs(body), signal } as const;
}

function commitOf(commit: CommitBody['commit']): CommitBody {
  return commit === undefined ? {} : { commit };
}

/** Milliseconds that a commit may take beside the ordinary deadline. */
function commitMs({ commit }: CommitBody): number {
  return commit === undefined || commit === false ? 0 : COMMIT_MS;
}
