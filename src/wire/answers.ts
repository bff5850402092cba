import type { Condition } from '../shared/condition.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import type { JsonObject } from '../shared/json.ts';
import type {
  ApplyResponse,
  CommitItem,
  EventItem,
  LogItem,
  ProposalRecord,
  ServiceItem,
  ServiceRecord,
  ServiceStatusJson,
  SourceItem,
  ToolsetRecord,
} from './types.ts';

/** The envelopes around the records of types.ts, one for each answer of the API. */

/** Every list. */
export interface Items<T> {
  items: T[];
}

/** GET /readyz. `reasons` only for a caller that passed the door. */
export interface ReadyAnswer {
  ready: boolean;
  reasons?: string[];
}

/** GET /api/status: the original's shape (original contract §1d) joined by ready and sources. */
export interface StatusAnswer {
  runtime: { version: string; pid: number; uptimeSeconds: number };
  /** `tools` and `tokens` are those of the list of /mcp, as in ListSize. */
  gateway: { listen: string; mcpPath: string; healthy: boolean; tools: number; tokens: number };
  systemTools: SystemToolsAnswer;
  summary: FleetSummary;
  agents: { totalRuns: number; running: number; waiting: number; completed: number; failed: number; cancelled: number };
  services: ServiceItem[];
  lastUpdated: string;
  ready: boolean;
  reasons: string[];
  workspace: string;
  sources: SourceItem[];
}

export interface SystemTools {
  count: number;
  items: (string | { name: string; description: string })[];
}

/** All of them by name, and those of each namespace with what they are for. */
export type SystemToolsAnswer = SystemTools & { runtime: SystemTools; clarity: SystemTools };

/** Counts of the fleet in the original's words. */
export interface FleetSummary {
  total: number;
  mcpServices: number;
  agentServices: number;
  running: number;
  runningMcp: number;
  runningAgent: number;
  degraded: number;
  stopped: number;
  quarantined: number;
  localMcp: number;
  remoteMcp: number;
  localAgent: number;
  remoteAgent: number;
  local: number;
  remote: number;
}

/** GET /api/services/:id, and what else answers with one service. */
export interface ServiceAnswer {
  service: ServiceRecord;
}

/** What was pushed, where a change was of a git source. */
export interface Committed {
  commit?: CommitItem;
}

/** POST /api/services/:id/start and the other verbs. */
export type VerbAnswer = ServiceAnswer & Committed;

/** POST /api/services/:id/undo. */
export interface UndoAnswer extends Committed {
  /** The generation whose document was written back; it is the newest now, under a number of its own. */
  to: number;
  outcome: 'configured' | 'unchanged';
  dryRun: boolean;
  file: string;
  /** Unified diff of the manifest text; secrets are masked. */
  patch: string;
  /** What it would cause; of a dry run only. */
  actions: string[];
  service: ServiceRecord;
}

/** DELETE /api/services/:id. */
export interface RemoveAnswer extends Committed {
  removed: true;
  artifactRemoved: boolean;
  serviceId: string;
  name: string;
  file: string;
}

/** GET /api/services/:id/interface: nulls and empty lists where it was never introspected; definitions verbatim. */
export interface InterfaceAnswer {
  serviceId: string;
  name: string;
  interfaceRevision: string | null;
  introspectedAt: string | null;
  protocolVersion: string | null;
  serverInfo: JsonObject | null;
  capabilities: JsonObject | null;
  instructions?: string;
  tools: JsonObject[];
  resources: JsonObject[];
  resourceTemplates: JsonObject[];
  prompts: JsonObject[];
}

/** What a server advertised, in `interfaceSnapshot` of a record and in the answer of introspect. */
export interface SnapshotJson {
  interfaceRevision: string;
  introspectedAt: string;
  protocolVersion: string;
  serverInfo: JsonObject;
  capabilities: JsonObject;
  instructions?: string;
  tools: JsonObject[];
  resources: JsonObject[];
  resourceTemplates: JsonObject[];
  prompts: JsonObject[];
}

/** POST /api/services/:id/introspect. */
export interface IntrospectAnswer {
  interface: SnapshotJson;
}

/** POST /api/prune. */
export interface PruneAnswer {
  confirmed: string;
}

/** POST /hooks/:id: the source is looked at soon. */
export interface HookAnswer {
  queued: true;
}

/** GET /api/toolsets/:name. */
export interface ToolsetAnswer {
  toolset: ToolsetRecord;
}

/** GET /api/proposals/:id, and what a decision answers. */
export interface ProposalAnswer {
  proposal: ProposalRecord;
}

/** DELETE /api/policies/:name and /api/toolsets/:name. */
export interface RemovePolicyAnswer extends Committed {
  removed: true;
  name: string;
  file: string;
}

/** GET /api/services/:id/logs. `name` is absent for a service that does not exist: that is no error here, as in the original. */
export interface LogsAnswer {
  serviceId: string;
  name?: string;
  /** `[iso] text` */
  lines: string[];
  items: LogItem[];
}

/** GET /api/services/:id/events. `name` as in LogsAnswer. */
export interface ServiceEventsAnswer {
  serviceId: string;
  name?: string;
  items: EventItem[];
}

/** GET /api/services/:id/details: the original's answer. */
export interface DetailsAnswer {
  serviceId: string;
  summary: ServiceItem;
  service: ServiceRecord;
  interface: InterfaceAnswer;
  logs: string[];
  events: EventItem[];
  recentCalls: { at: string; message: string; data?: EventItem['data'] }[];
}

/** GET /api/services/:id/status. */
export interface ServiceStatusAnswer {
  name: string;
  serviceId: string;
  generation: number;
  observedGeneration: number;
  sync: ServiceItem['sync'];
  ready: Condition['status'];
  status: ServiceStatusJson;
}

/** GET /api/services/:id/wait. */
export interface WaitAnswer {
  met: boolean;
  why: string;
  service?: ServiceRecord;
}

/** POST /api/services/apply: of the first document, and `items` of all. */
export type ApplyAnswer = ApplyResponse & Items<ApplyResponse>;

export type SecretProviderName = 'legacy_env' | 'env' | 'file' | 'header_env';

/** GET /api/security/auth/providers. */
export interface SecretProvidersAnswer {
  providers: { name: SecretProviderName; supported: true }[];
  /** The folder of `file:` secrets. */
  fileRoot: string;
  fileRootExists: boolean;
}

/** GET /api/security/auth/secrets: the files, never what is in them; 500 at most. */
export interface SecretsAnswer extends Items<{ authRef: string; relativePath: string }> {
  count: number;
}

/** POST /api/security/auth/secrets. */
export interface SecretWrittenAnswer {
  authRef: string;
  provider: 'file';
  path: string;
  written: true;
}

/** DELETE /api/security/auth/secrets; `deleted` is false where there was none. */
export interface SecretDeletedAnswer {
  authRef: string;
  provider: 'file';
  path: string;
  deleted: boolean;
}

/** /api/security/auth/validate: whether it can be used now, never the value. */
export interface SecretCheckAnswer {
  authRef: string;
  provider: SecretProviderName;
  target: string;
  redactedTarget: string;
  valid: boolean;
  /** Why it is not valid: a sentence each. */
  issues: string[];
  /** Names of the headers that it sets. */
  headerKeys: string[];
  source: 'file' | 'environment';
}

/** GET /api/diagnostics, and the details of a 422 (where source is empty: the text came with the request). */
export interface DiagnosticItem extends Diagnostic {
  source: string;
  revision?: string;
}

/** A configuration file of a client after POST or DELETE /api/bootstrap. */
export interface BootstrapFile {
  client: 'codex' | 'claude';
  /** False where it said so already; then it was not touched. */
  updated: boolean;
  path: string;
}

/** POST /api/bootstrap: the original's keys. */
export interface BootstrapAnswer {
  transport: 'stdio' | 'http';
  /** Of transport http. */
  endpoint?: string;
  agents_md?: { updated: boolean; path: string };
  results: BootstrapFile[];
}

/** DELETE /api/bootstrap: the original's keys. */
export interface BootstrapRemoveAnswer {
  removed: true;
  agents_md?: { updated: boolean; path: string };
  results: BootstrapFile[];
}

/** GET /api/bootstrap/status: the original's keys joined by `error` and `outdated`. */
export interface BootstrapStatusAnswer {
  clients: {
    client: 'codex' | 'claude';
    path: string;
    present: boolean;
    configured: boolean;
    transport?: 'stdio' | 'http';
    endpoint?: string;
    command?: string;
    args?: readonly string[];
    /** Why the file cannot be read. */
    error?: string;
    /** Written in a form that the client of today does not read. */
    outdated?: true;
  }[];
}
