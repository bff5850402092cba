/** What keep.ts looks at. */
export interface Kept {
  readonly id: string;
  readonly waits: boolean;
  /** When it was decided, or made. */
  readonly atMs: number;
  /** Of its JSON. */
  readonly size: number;
}

/** What is kept of all proposals. `bytes`: of those that are decided, together. */
export const KEEP = { waiting: 100, all: 1000, ageMs: 30 * 86_400_000, bytes: 16 * 1_048_576 };

/** Those that go, of proposals with the newest first. One that waits never goes. */
export function superfluous(newestFirst: readonly Kept[], nowMs: number, keep = KEEP): readonly string[] {
  const waiting = newestFirst.filter(({ waits }) => waits).length;
  let count = waiting;
  let bytes = 0;
  return newestFirst.flatMap(({ id, waits, atMs, size }) => {
    if (waits) return [];
    count += 1;
    bytes += size;
    return count > keep.all || bytes > keep.bytes || nowMs - atMs >= keep.ageMs ? [id] : [];
  });
}
