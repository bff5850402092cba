/** What one instance may use of the host beside its own memory. */
export interface HostLimits {
  /** The host does not grow a memory above it, whatever maximum the module declares. */
  readonly memoryBytes: number;
  /** Handles and copied entries of maps in one call. */
  readonly mapCells: number;
  /** Values (with all that is inside of them) in an argument or the result of one call; a record or variant of a result counts for 8. */
  readonly values: number;
  /** Bytes of text in the result of one call: a module may let many strings overlap. */
  readonly textBytes: number;
}

export const DEFAULT_LIMITS: HostLimits = {
  memoryBytes: 256 * 1024 * 1024,
  mapCells: 2_000_000,
  values: 4_000_000,
  textBytes: 64 * 1024 * 1024,
};
