/** How much of a source counts (manifest.md, Discovery). */
export interface SourceLimits {
  readonly maxFiles: number;
  readonly maxFileBytes: number;
}

export const SOURCE_LIMITS: SourceLimits = { maxFiles: 10_000, maxFileBytes: 1_048_576 };
