import type { CircuitSettings } from '../shared/circuit-settings.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import type { SourceConfig } from '../shared/source-config.ts';

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
  /** CLARITY_ENABLE_MCP_PROVISIONING: programs may register services and write secrets. */
  readonly provisioning: boolean;
  /** CLARITY_AUDIT_INCLUDE_LIFECYCLE: the audit tells `service.*` events, too. */
  readonly auditLifecycle: boolean;
  /** CLARITYC_BIN: the compiler of services that name none; absent: the embedded one. */
  readonly compilerBin?: string;
  /** CLARITY_MCP_PROVISIONING_APPROVAL: `required`: what they would change waits for a person first. */
  readonly provisioningApproval: 'required' | 'none';
  /** Folder of the questions to people, and how long each is waited for. */
  readonly hitlDir: string;
  readonly hitlTimeoutMs: number;
  /** The daemon's environment, for secretRefs, inheritEnv and CLARITY_REMOTE_AUTH_*; the only copy. */
  readonly env: Readonly<Record<string, string | undefined>>;
}
