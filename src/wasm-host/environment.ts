/**
 * Everything that a program can reach outside of its memory, handed in by whoever runs it. What is left out is not offered: a program that
 * calls such an import ends with `unsupported-import`. All of it is synchronous, as wasm is.
 */
export interface HostEnvironment {
  /** Text as it is to appear, line ends included. */
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** At least 0, less than 1. */
  readonly random?: () => number;
  /** Blocks for so many milliseconds (more than 0). */
  readonly sleep?: (ms: number) => void;
  /** What `get_args` gives. */
  readonly args?: readonly string[];
  readonly stdin?: StdinReader;
  readonly files?: FileAccess;
  /** The value of a secret; undefined where there is none. */
  readonly secret?: (name: string) => string | undefined;
  readonly checkpoints?: CheckpointStore;
  readonly trace?: TraceSink;
  readonly policy?: PolicyLists;
}

export interface StdinReader {
  /** The next line without its end, or undefined at the end of the input. */
  readLine(): string | undefined;
  /** The rest of the input. */
  readAll(): string;
  /** The next line if it comes within so many milliseconds. */
  tryReadLine(timeoutMs: number): string | undefined;
  /** True once the end of the input was seen. */
  readonly ended: boolean;
}

/** Files by the program's own paths. A denied `write`, `remove` or `makeDirectory` does nothing (language.md §11). */
export interface FileAccess {
  /** Undefined for any failure, and where the policy denies it. */
  read(path: string): string | undefined;
  /** Replaces the file; throws where it cannot. */
  write(path: string, content: string): void;
  /** Names of the entries; empty for any failure. */
  list(path: string): readonly string[];
  exists(path: string): boolean;
  /** A missing file is fine; throws for other failures. */
  remove(path: string): void;
  /** Makes the parents, too; throws where it cannot. */
  makeDirectory(path: string): void;
}

/** Texts that outlive the instance, by key. All three throw where they fail. */
export interface CheckpointStore {
  save(key: string, value: string): void;
  load(key: string): string | undefined;
  delete(key: string): void;
}

export interface TraceSink {
  /** Span ids count from 1 in each call. */
  start(span: number, operation: string): void;
  log(span: number, message: string): void;
  end(span: number): void;
}

/** What `policy_is_url_allowed` and `policy_is_effect_allowed` answer from. */
export interface PolicyLists {
  /** Host names, or `*.domain` for what is below a domain; undefined allows every host. */
  readonly allowHosts?: readonly string[];
  /** Names of effects. */
  readonly denyEffects?: readonly string[];
}
