import type { JsonObject } from '../../shared/json.ts';

/** How a service calls tools of other services: through the gateway, under its rules. */
export interface ToolCaller {
  /** Definitions as the gateway lists them: of all services, or of one under its raw names. Undefined: there is no such service. */
  tools(service: string | undefined): readonly JsonObject[] | undefined;
  /** A CallToolResult. Rejects with RpcError as the gateway does. */
  call(service: string | undefined, tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject>;
}

/** How a service asks a person. */
export interface Questions {
  /** The answer, trimmed; undefined where nobody answered within CLARITY_HITL_TIMEOUT_SECS. A question that is not waited for any more (the signal) is withdrawn. */
  ask(key: string, question: string, signal: AbortSignal): Promise<string | undefined>;
}

export type SecretProvider = 'legacy_env' | 'env' | 'file' | 'header_env';

/** What can be said of an authRef without its value (original contract §1g, §11). */
export interface SecretCheck {
  /** As it was given. */
  readonly authRef: string;
  readonly provider: SecretProvider;
  /** What stands after the provider. */
  readonly target: string;
  /** The target where somebody may look over the shoulder: the base name of a file, the ends of a variable's name. */
  readonly redactedTarget: string;
  /** It can be read now and holds something that can be used. */
  readonly valid: boolean;
  /** Why it is not, a sentence each; empty where it is. */
  readonly issues: readonly string[];
  /** Names of the headers that it would set. */
  readonly headerKeys: readonly string[];
  readonly source: 'file' | 'environment';
}

/** Where secrets can come from. */
export interface SecretProviders {
  readonly providers: readonly { readonly name: SecretProvider; readonly supported: true }[];
  /** The folder that `file:` may read and write; absolute. */
  readonly fileRoot: string;
  readonly fileRootExists: boolean;
}

/** One file below the folder of secrets. */
export interface StoredSecret {
  /** `file:<relativePath>` */
  readonly authRef: string;
  readonly relativePath: string;
}

/** Secrets as people and tools administer them; values go in and never come out. Whether the caller may is the door's business. */
export interface SecretAdmin {
  providers(): Promise<SecretProviders>;
  /** By path; 500 at most. */
  list(): Promise<readonly StoredSecret[]>;
  /** Writes the file behind a `file:` reference, 0600, atomically. Throws BadRequest for another provider, a path that leaves the folder (also through a symlink), an empty or a huge secret. */
  write(
    authRef: string,
    secret: string,
  ): Promise<{ readonly authRef: string; readonly provider: 'file'; readonly path: string }>;
  /** `deleted` is false where there was none. Throws BadRequest as `write` does. */
  remove(authRef: string): Promise<{
    readonly authRef: string;
    readonly provider: 'file';
    readonly path: string;
    readonly deleted: boolean;
  }>;
  /** Never throws for what the text says: what is wrong with it is among the issues. */
  validate(authRef: string): Promise<SecretCheck>;
}
