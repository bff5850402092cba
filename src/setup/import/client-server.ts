import type { JsonObject } from '../../shared/json.ts';

/** A server as the configuration of some client describes it, whatever the client. Texts may hold references such as `${VAR}`. */
export interface ClientServer {
  readonly kind: 'server';
  /** Its key in the file. */
  readonly name: string;
  readonly command?: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Names of variables that are handed on. */
  readonly inheritEnv: readonly string[];
  readonly url?: string;
  /** As written: stdio, http, sse, streamable-http, … */
  readonly type?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly disabled: boolean;
  /** Names of tools; absent: all. */
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly startTimeoutMs?: number;
  readonly timeoutMs?: number;
  /** Keys that mean nothing to a manifest, told to the person. */
  readonly ignored: readonly string[];
}

/** A service of the original's registry: a manifest already. */
export interface RegistryService {
  readonly kind: 'manifest';
  readonly name: string;
  readonly manifest: JsonObject;
  readonly disabled: boolean;
}

/** Something that a file names and that cannot be read as a server. */
export interface UnreadableServer {
  readonly kind: 'unreadable';
  readonly name: string;
  readonly why: string;
}

export type FoundServer = ClientServer | RegistryService | UnreadableServer;
