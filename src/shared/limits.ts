/** Built-in limits that the environment may change (original contract §7): a manifest's own value comes first. */
export interface DefaultLimits {
  /** CLARITY_REMOTE_DEFAULT_TIMEOUT_MS, 20000. */
  readonly remoteTimeoutMs: number;
  /** CLARITY_REMOTE_MAX_PAYLOAD_BYTES, 1 MiB. */
  readonly remoteMaxPayloadBytes: number;
  /** CLARITY_REMOTE_MAX_CONCURRENCY, 8. */
  readonly remoteMaxConcurrency: number;
  /** CLARITY_REMOTE_RETRY_MAX, 0. */
  readonly remoteRetryMax: number;
  /** CLARITY_REMOTE_RETRY_BACKOFF_MS, 150. */
  readonly remoteRetryBackoffMs: number;
  /** CLARITY_LOCAL_FN_TIMEOUT_MS, 2000. */
  readonly wasmTimeoutMs: number;
}

export const BUILT_IN_LIMITS: DefaultLimits = {
  remoteTimeoutMs: 20_000,
  remoteMaxPayloadBytes: 1_048_576,
  remoteMaxConcurrency: 8,
  remoteRetryMax: 0,
  remoteRetryBackoffMs: 150,
  wasmTimeoutMs: 2000,
};
