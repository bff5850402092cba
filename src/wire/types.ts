import type { Condition, Health, Lifecycle, Sync } from '../shared/condition.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import type { Json, JsonObject } from '../shared/json.ts';

/** The JSON of our own API (surfaces.md, HTTP), as the client reads it. Times are ISO strings. Documented in docs/reference/api.md. */

/** An item of GET /api/services: the original's summary (original contract §1d) joined by ours. */
export interface ServiceItem {
  serviceId: string;
  displayName: string;
  sourceFile: string;
  module: string;
  serviceType: 'mcp' | 'agent';
  agent: JsonObject | null;
  originType: string;
  lifecycle: Lifecycle;
  /** The original's words: HEALTHY, DEGRADED, TIMEOUT, UNAUTHORIZED, UNREACHABLE, UNKNOWN. */
  health: string;
  uptimeSeconds: number;
  restartCount: number;
  policy: { restart: JsonObject; remote: JsonObject | null };
  interface: {
    interfaceRevision: string;
    introspectedAt: string;
    tools: number;
    resources: number;
    prompts: number;
  } | null;
  /** What its tools add to the list of /mcp; null where it is not served. */
  listed: ListSize | null;
  name: string;
  namespace: string;
  labels: Record<string, string>;
  /** Names of the services that must be Ready before it is started. */
  dependsOn: string[];
  sync: Sync;
  ready: 'True' | 'False' | 'Unknown';
  status: ServiceStatusJson;
  generation: number;
  observedGeneration: number;
  revision: string;
  origin: { source: string; file: string; line: number };
}

export interface ServiceStatusJson {
  health: Health;
  conditions: Condition[];
  observedRevision: string;
  appliedSpecHash: string;
  pid?: number;
  startedAt?: string;
  restarts: number;
  lastExit?: { code: number | null; signal: string | null; at: string; stderrTail: string[]; message?: string };
  nextAttemptAt?: string;
  lastHandledReconcileAt?: string;
  /** Seconds since the document was first seen. */
  ageSeconds: number;
}

/** GET /api/services/:id: the original's record joined by ours. */
export interface ServiceRecord {
  manifest: JsonObject;
  runtime: {
    lifecycle: Lifecycle;
    health: string;
    enabled: boolean;
    autostart: boolean;
    pid?: number;
    uptimeSeconds: number;
    restartCount: number;
    lastError?: string;
    lastHeartbeatAt?: string;
  };
  interfaceSnapshot?: JsonObject;
  listed: ListSize | null;
  name: string;
  generation: number;
  observedGeneration: number;
  specHash: string;
  revision: string;
  sync: Sync;
  ready: 'True' | 'False' | 'Unknown';
  origin: { source: string; file: string; line: number };
  status: ServiceStatusJson;
  /** What the planner would do now and when. */
  plan: { kind: string; reason: string; message: string; actions: string[]; at?: string };
  diagnostics: Diagnostic[];
  /** What a local_wasm service asks for, by its imports; absent for others, and where there is no module yet. */
  asks?: AskItem[];
}

/** Something outside of a module that it reaches for. */
export interface AskItem {
  /** net, fs, secrets, model, mcp, a2a, hitl; terminal and port: no service has them. */
  need: string;
  /** Names of its imports that say so. */
  imports: string[];
  granted: boolean;
  /** The line of the manifest that would grant it; absent where it is granted, and where nothing would. */
  add?: string;
}

export interface HistoryItem {
  generation: number;
  specHash: string;
  revision: string;
  at: string;
  what: string;
  /** `clarity.runtime/managed-by` of that document; empty for a person. */
  who: string;
  /** Pending, then the reason of Ready when it was settled; Superseded where the next one came first. */
  outcome: string;
}

/** One generation of the history, with its document as it was written; secrets are masked. */
export interface HistoryDocument extends HistoryItem {
  document: JsonObject;
}

export interface EventItem {
  seq: number;
  at: string;
  kind: string;
  level: 'info' | 'warn' | 'error';
  serviceId?: string;
  name?: string;
  reason?: string;
  message: string;
  data?: Json;
  /** How often it was said within a minute; absent for once. */
  count?: number;
}

export interface LogItem {
  at: string;
  stream: 'stdout' | 'stderr' | 'runtime';
  text: string;
}

export interface SourceItem {
  name: string;
  kind: 'dir' | 'git';
  /** The folder, or the address of the repository with `#ref:path`. */
  path: string;
  revision: string;
  complete: boolean;
  ready: 'True' | 'False';
  reason: string;
  message: string;
  documents: number;
  errors: number;
  /** Of git: the commit that the documents are of. */
  commit?: CommitItem;
  /** Of git with spec.verify: whether the newest commit is signed by somebody who may; where not, `commit` is the last that was. */
  verified?: { status: 'True' | 'False'; reason: string; message: string };
  /** The Source document that declares it; null where a flag does. */
  declared: { source: string; file: string; line: number } | null;
}

export interface CommitItem {
  sha: string;
  author: string;
  subject: string;
  at: string;
}

export interface PolicyItem {
  name: string;
  spec: JsonObject;
  origin: { source: string; file: string; line: number } | null;
  usedBy: string[];
}

/** How many tools a list has, and about what it costs a model: a quarter of the bytes of its JSON. */
export interface ListSize {
  tools: number;
  tokens: number;
}

/** An item of GET /api/toolsets. */
export interface ToolsetItem {
  name: string;
  labels: Record<string, string>;
  /** Where it is served. */
  path: string;
  mode: 'list' | 'search';
  /** False where there is no tool to call, or the document on disk is broken or contested. */
  ready: 'True' | 'False';
  reason: string;
  message: string;
  /** What of the document does nothing, and which services are not served: a sentence each. */
  warnings: string[];
  /** Every service that it selects; `tools`: of it in the toolset. */
  services: { name: string; served: boolean; tools: number }[];
  /** Tools that can be called. */
  tools: number;
  /** What tools/list answers: in mode search two tools of ours. */
  listed: ListSize;
  origin: { source: string; file: string; line: number };
}

/** GET /api/toolsets/:name. */
export interface ToolsetRecord extends ToolsetItem {
  revision: string;
  spec: JsonObject;
  items: {
    name: string;
    service: string;
    /** As its server calls it. */
    upstreamName: string;
    tokens: number;
  }[];
}

/** One document of POST /api/plan. */
export interface PlanItem {
  kind: string;
  name: string;
  /** What apply would say of it. */
  outcome: 'created' | 'configured' | 'unchanged' | 'conflict' | 'invalid' | 'removed';
  /** Unified diff of the manifest text; empty where unchanged. */
  patch: string;
  fields: { path: string; before?: Json; after?: Json }[];
  /** Each begins with start, restart, replace, stop or remove and ends with the reason in parentheses. */
  actions: string[];
  /** What its module asks for and the one before did not: `net (http_get)`. */
  newlyAsks: string[];
  /** Calls in flight of the instance that would be stopped or replaced; one that is replaced lets them end for spec.rollout.drainSeconds. */
  drains: number;
  /** Of a service, where `probe` was asked for. */
  interface?: PlanInterface;
  diagnostics: Diagnostic[];
}

/** What clients would gain, lose or see change, from a candidate that was started aside. */
export interface PlanInterface {
  /** failed: the candidate did not come up; skipped: it was not started. */
  outcome: 'compared' | 'failed' | 'skipped';
  /** Why there is nothing to compare. */
  reason?: string;
  message?: string;
  /** By the names that clients see. */
  changes?: Record<'tools' | 'prompts' | 'resources' | 'resourceTemplates', PlanList>;
  /** About what the list of its tools costs a model. */
  tokens?: { before: number; after: number };
}
export interface PlanList {
  added: string[];
  removed: string[];
  /** `why`: in words, the gravest first. */
  changed: { name: string; level: 'text' | 'additive' | 'possiblyBreaking' | 'breaking'; why: string[] }[];
}
export interface PlanResponse {
  items: PlanItem[];
  changes: number;
}

export type ProposalStateName = 'waiting' | 'approved' | 'rejected' | 'outdated' | 'expired' | 'failed';

/** An item of GET /api/proposals: a change that waits for a person, or did. */
export interface ProposalItem {
  /** `p_` and 12 hex digits. */
  id: string;
  /** outdated: it would do something else than what was shown; failed: it was approved and could not be written. */
  state: ProposalStateName;
  /** apply writes documents, remove takes the document of a service away. */
  change: 'apply' | 'remove';
  /** What it would do, a document each. */
  documents: { kind: string; name: string; outcome: PlanItem['outcome']; actions: string[] }[];
  /** Who asked, as the MCP client calls itself. */
  by: string;
  /** The tool that was called. */
  tool: string;
  /** Of the change and of what it makes of the manifests: an approval names it. Actions are as of the moment, and no part of it. */
  planHash: string;
  createdAt: string;
  /** A waiting one is gone then. */
  expiresAt: string;
  decision?: { by: string; at: string; why?: string };
}

/** GET /api/proposals/:id: what it asks for and what it would do; plain values of env and headers are masked. */
export interface ProposalRecord extends ProposalItem {
  /** Of apply: the documents as they were sent. */
  text?: string;
  /** Of apply: the folder of the source that a new document goes to. */
  folder?: string;
  /** As POST /api/plan tells it, when it was asked for. */
  plan: PlanItem[];
}

/** A commit of a git source. */
export interface CommitItem {
  sha: string;
  author: string;
  subject: string;
  at: string;
}

export interface ApplyResponse {
  service?: ServiceRecord;
  name: string;
  kind: string;
  outcome: 'created' | 'configured' | 'unchanged';
  file: string;
  generation: number;
  specHash: string;
  diagnostics: Diagnostic[];
  /** Of a git source: what was pushed. */
  commit?: CommitItem;
}

/** Every answer that is no success. `error` is the original's text. */
export interface ErrorResponse {
  error: string;
  code: string;
  details: Json[];
  requestId: string;
  patch?: string;
}
