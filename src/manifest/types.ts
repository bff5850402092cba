import type { JsonObject } from '../shared/json.ts';
import type { Capabilities } from './capabilities.ts';

/**
 * The manifest `clarity.runtime/v1` after defaulting: what every other room works with.
 * `schema/` holds what a person may write; a test holds the two equal (manifest.md).
 */
export const API_VERSION = 'clarity.runtime/v1';

/** The kinds this build knows. Identity is unique per kind over all sources. */
export type Kind = 'MCPService' | 'Policy' | 'Toolset' | 'Source';

export type Document = ServiceManifest | PolicyManifest | ToolsetManifest | SourceManifest;

export interface ServiceManifest {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: 'MCPService';
  readonly metadata: ServiceMetadata;
  readonly spec: ServiceSpec;
}

export interface ServiceMetadata {
  /** The identity: `^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`. */
  readonly name: string;
  readonly module: string;
  readonly displayName: string;
  readonly sourceFile: string;
  readonly serviceType: 'mcp' | 'agent';
  /** As given, or `svc_` + 12 hex, derived from the declared values (manifest.md, metadata). */
  readonly serviceId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The original's agent descriptor (original contract §4), verbatim. */
  readonly agent?: JsonObject;
  readonly version?: string;
  readonly workspaceRoot?: string;
  readonly artifactSha256?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface ServiceSpec {
  readonly enabled: boolean;
  readonly autostart: boolean;
  readonly suspend: boolean;
  readonly activation: { readonly mode: 'always' | 'onDemand'; readonly idleSeconds: number };
  /** Normalised: `[a-z0-9_]+`. */
  readonly toolNamespace: string;
  readonly restartPolicy: RestartPolicy;
  readonly dependsOn: readonly string[];
  readonly probe: Probe;
  readonly drift: 'Heal' | 'Report';
  readonly rollout: { readonly strategy: 'Overlap' | 'Recreate'; readonly drainSeconds: number };
  readonly session: 'auto' | 'shared' | 'perClient';
  /** Milliseconds; written as durations (`60s`). */
  readonly reconcile: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly startTimeoutMs: number;
  readonly stopGraceSeconds: number;
  readonly tools: ToolRules;
  readonly policyRef: string;
  readonly deletionPolicy: 'Stop' | 'Orphan';
  readonly origin: Origin;
}

export interface RestartPolicy {
  readonly mode: 'never' | 'on-failure' | 'always';
  readonly maxRestarts: number;
  readonly windowSeconds: number;
  readonly quarantineSeconds?: number;
}

export interface Probe {
  /** A tool that is called without arguments; ping where absent. */
  readonly tool?: string;
  readonly intervalSeconds: number;
  readonly timeoutMs: number;
  readonly failureThreshold: number;
}

/** Globs on upstream names. A list that is absent allows all. */
export interface ToolRules {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  /** Upstream name -> the part after `<ns>__`. */
  readonly rename?: Readonly<Record<string, string>>;
}

export type Origin = WasmOrigin | StdioOrigin | RemoteOrigin;
export type OriginType = Origin['type'];

/** `{name, value}` or `{name, secretRef}`; where both stand, the secret wins. */
export interface EnvEntry {
  readonly name: string;
  readonly value?: string;
  readonly secretRef?: string;
}

export interface WasmOrigin {
  readonly type: 'local_wasm';
  readonly wasmPath?: string;
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: readonly EnvEntry[];
  readonly compiler?: { readonly command: string; readonly args: readonly string[] };
  readonly limits: {
    readonly timeoutMs: number;
    readonly memoryPages?: number;
    readonly maxConcurrency: number;
    readonly countWaits: boolean;
  };
  readonly capabilities?: Capabilities;
}

export interface StdioOrigin {
  readonly type: 'local_stdio';
  readonly command: string;
  readonly args: readonly string[];
  /** Relative to the workspace; `.` by default. */
  readonly cwd: string;
  readonly env: readonly EnvEntry[];
  /** Names of daemon variables passed on beside the fixed allow-list (manifest.md). */
  readonly inheritEnv: readonly string[];
  readonly timeoutMs: number;
  readonly maxConcurrency: number;
  readonly maxPayloadBytes: number;
  readonly limits?: { readonly memoryMb?: number; readonly cpuSeconds?: number };
  readonly sandbox: 'none' | 'bwrap';
}

export interface RemoteOrigin {
  readonly type: 'remote_mcp';
  readonly endpoint: string;
  readonly transport: 'streamable_http' | 'sse_http';
  readonly authRef?: string;
  readonly headers: readonly EnvEntry[];
  readonly timeoutMs: number;
  /** Empty or absent = all (original contract §11). */
  readonly allowedTools: readonly string[];
  readonly maxPayloadBytes: number;
  readonly maxConcurrency: number;
  readonly queueLimit: number;
  readonly retry: { readonly max: number; readonly backoffMs: number };
}

/** `metadata` of every kind but MCPService. */
export interface PlainMetadata {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface PolicyManifest {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: 'Policy';
  readonly metadata: PlainMetadata;
  readonly spec: PolicySpec;
}

export interface ToolsetManifest {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: 'Toolset';
  readonly metadata: PlainMetadata;
  readonly spec: ToolsetSpec;
}

export interface ToolsetSpec {
  /** Names of services, and label selectors; absent = all. */
  readonly services?: readonly string[];
  /** Globs on the names that /mcp lists; rename: such a name -> the whole name in the toolset. */
  readonly tools: ToolRules;
  readonly mode: 'list' | 'search';
}

export interface SourceManifest {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: 'Source';
  /** The name is the source's name. */
  readonly metadata: PlainMetadata;
  readonly spec: SourceSpec;
}

/** Where more manifests come from: exactly one of `git` and `dir`; all but `dir` and `prune` is of git. */
export interface SourceSpec {
  /** https, ssh (also `user@host:path`), file or a path relative to the workspace; without a password. */
  readonly git?: string;
  /** A folder, relative to the workspace. */
  readonly dir?: string;
  /** A branch, a tag or a whole sha; absent: the remote's HEAD. */
  readonly ref?: string;
  /** The folder of the manifests in the repository. */
  readonly path: string;
  /** Written as a duration (`60s`). */
  readonly intervalMs: number;
  readonly verify?: { readonly mode: 'head'; readonly allowedSigners: string };
  readonly secretRef?: string;
  readonly allowPush: boolean;
  /** False: services whose documents vanish, or whose source does, keep running. */
  readonly prune: boolean;
}

export interface PolicySpec {
  readonly tools?: { readonly allow?: readonly string[]; readonly deny?: readonly string[] };
  /** Hosts that a remote endpoint may name; absent = any. */
  readonly hosts?: readonly string[];
  readonly timeoutMs?: number;
  readonly maxPayloadBytes?: number;
  readonly maxConcurrency?: number;
  readonly rateLimit?: { readonly callsPerMinute: number };
  readonly budgets?: { readonly toolCalls?: number; readonly tokens?: number; readonly costUsd?: number };
  readonly approval?: { readonly required: readonly string[] };
}

/** Annotations with a meaning of ours. */
export const ANNOTATIONS = {
  managedBy: 'clarity.runtime/managed-by',
  prune: 'clarity.runtime/prune',
  restartedAt: 'clarity.runtime/restartedAt',
  unquarantinedAt: 'clarity.runtime/unquarantinedAt',
} as const;

export const NAME_PATTERN = '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$';
