import type { CircuitSettings } from '../shared/circuit-settings.ts';
import type { DefaultLimits } from '../shared/limits.ts';

/** Everything that flags and variables decide, read once at start (surfaces.md, clarityd). */
export interface RuntimeConfig {
  readonly workspace: string;
  readonly state: string;
  readonly host: string;
  readonly port: number;
  readonly authToken?: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly sources: readonly SourceConfig[];
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly logFormat: 'pretty' | 'json';
  /** Built-in limits as the environment changes them. */
  readonly limits: DefaultLimits;
  /** When the gateway's circuit breakers open. */
  readonly circuit: CircuitSettings;
  /** CLARITY_REMOTE_ALLOWED_HOSTS; undefined = any. */
  readonly remoteAllowedHosts?: readonly string[];
  /** Folder of `file:` secrets. */
  readonly secretsRoot: string;
  /** CLARITYC_BIN: the compiler of services that name none; absent: the embedded one. */
  readonly compilerBin?: string;
  /** CLARITY_ENABLE_MCP_PROVISIONING: tools of /mcp may write manifests and secrets. */
  readonly mcpProvisioning: boolean;
  /** CLARITY_MCP_PROVISIONING_APPROVAL: `required`: what they would change waits for a person first. */
  readonly mcpApproval: 'required' | 'none';
  /** Folder of the questions to people, and how long each is waited for. */
  readonly hitlDir: string;
  readonly hitlTimeoutMs: number;
  /** The daemon's environment, for secretRefs, inheritEnv and CLARITY_REMOTE_AUTH_*; the only copy. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type SourceConfig = DirectorySourceConfig | GitSourceConfig;

/** `git+URL#REF:PATH`, or a Source document. */
export interface GitSourceConfig {
  readonly name: string;
  readonly kind: 'git';
  /** https, ssh (also `user@host:path`), file or a path. Without a password. */
  readonly url: string;
  /** A branch, a tag or a whole sha; undefined: the remote's HEAD. */
  readonly ref?: string;
  /** The folder of the manifests in the repository; `services.d` where the source names none. */
  readonly path: string;
  readonly intervalMs: number;
  /** Only commits that one of these may sign are run; absolute path of an SSH allowed signers file. */
  readonly verify?: { readonly mode: 'head'; readonly allowedSigners: string };
  /** A token, or `user:password`, for https; the path of a private key for ssh. */
  readonly secretRef?: string;
  readonly allowPush: boolean;
  readonly prune: boolean;
}

export interface DirectorySourceConfig {
  readonly name: string;
  readonly kind: 'dir';
  /** Absolute. */
  readonly path: string;
  /** False for the default services.d, which is created where missing. */
  readonly explicit: boolean;
}
