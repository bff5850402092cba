import type { Desired, EventSink, Questions, SecretResolver, ServiceLogs, ToolCaller } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { OwnFolders } from './wasm/own-folders.ts';

/** What every driver is given by the composition root. */
export interface DriverDeps {
  readonly clock: Clock;
  readonly secrets: SecretResolver;
  readonly logs: ServiceLogs;
  /** Takes secrets out of a text that is shown: upstreams repeat what they were sent. */
  readonly redact: (text: string) => string;
  /** The daemon's environment (RuntimeConfig.env), out of which children get the allow-list and inheritEnv. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The absolute folder that relative paths of a source's manifests are relative to: of git a link, which moves on with each revision. */
  readonly workspaceOf: (source: string) => string;
  /** Names the state directory in the mark that children carry. */
  readonly stateHash: string;
  /** Whether a remote service may talk to this host name: configuration and policy together. */
  readonly allowHost: (host: string, desired: Desired) => boolean;
  readonly events: EventSink;
  /** Tools of other services, for those that may call them. */
  readonly tools: ToolCaller;
  readonly questions: Questions;
  /** Absolute: the daemon's own folder. */
  readonly stateDir: string;
  /** What no module reaches, whatever its manifest grants. */
  readonly ownFolders: OwnFolders;
  /** Of this package, for clientInfo. */
  readonly version: string;
}
