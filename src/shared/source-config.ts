/** A source of manifests, of a flag or of a Source document. */
export type SourceConfig = DirectorySourceConfig | GitSourceConfig;

export interface GitSourceConfig {
  readonly name: string;
  readonly kind: 'git';
  /** https, http, ssh (also `user@host:path`), file or a path. Without a password. */
  readonly url: string;
  /** A branch, a tag or a whole sha; undefined: the remote's HEAD. */
  readonly ref?: string;
  /** The folder of the manifests in the repository; `services.d` where the source names none. */
  readonly path: string;
  /** Between two looks at the remote, ten percent more or less; failures make it longer. */
  readonly intervalMs: number;
  /** Only commits that one of these may sign are run; absolute path of an SSH allowed signers file. */
  readonly verify?: { readonly mode: 'head'; readonly allowedSigners: string };
  /** A token, or `user:password`, for https; for ssh a private key or the absolute path of one. */
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
