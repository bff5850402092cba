import type { Identity } from '../../reconcile/ports.ts';
import type { Grants, Refusal } from './grants.ts';
import type { OwnFolders } from './own-folders.ts';

/** One instance of a wasm service, as the sandbox runs it. */
export interface Program {
  readonly identity: Identity;
  /** Of the InstanceRef: during a rollout one service has two. */
  readonly id: string;
  /** The bytes that are run, with the memory limit of the manifest in them; read again when they are needed. */
  readonly wasm: () => Promise<Uint8Array>;
  /** True where calls must not share an instance: a module with state of its own. */
  readonly stateful: boolean;
  readonly limits: {
    /** Milliseconds of computing, and of waiting that counts. */
    readonly timeoutMs: number;
    /** Calls at one time, waiting ones included. */
    readonly maxConcurrency: number;
    /** True: waiting for a model or a person counts towards timeoutMs. */
    readonly countWaits: boolean;
  };
  /** What get_args gives. */
  readonly args: readonly string[];
  readonly grants: Grants;
  /** All env[] entries, resolved: for what the host does in the service's name (keys of models). Never given to the module. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute: what the module's own relative paths are relative to. */
  readonly workspace: string;
  readonly ownFolders: OwnFolders;
  /** Absolute: where its checkpoints are kept. */
  readonly checkpoints: string;
  /** A host that its service may talk to, beside what `grants.net` says: configuration and Policy. */
  readonly allowHost: (hostname: string) => boolean;
  /** Lines of its output, without line ends; bounded by the caller. */
  readonly log: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Audits something that it was not allowed to do. */
  readonly refused: (refusal: Refusal) => void;
}
