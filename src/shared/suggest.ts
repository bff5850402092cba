const MAX_EDITS = 2;

/** The candidate nearest to what was written, at most two edits away and fewer than half of the shorter one; undefined where none is. */
export function suggest(written: string, candidates: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  let nearest: string | undefined;
  let least = MAX_EDITS + 1;
  for (const candidate of candidates) {
    const edits = distance(wanted, candidate.toLowerCase(), MAX_EDITS);
    if (edits >= least || edits * 2 >= Math.max(Math.min(candidate.length, written.length), 3)) continue;
    nearest = candidate;
    least = edits;
  }
  return nearest;
}

/**
 * Edit distance in which two neighbours that changed places are one edit; where it is more than `most`, any number that is. What is equal at
 * the start costs no edit, so that only the places of the few edits branch, and the cost is linear in the length.
 */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const left = a.slice(same);
  const right = b.slice(same);
  if (left === '' || right === '') return left.length + right.length;
  if (most === 0) return 1;
  const swapped = left[0] === right[1] && left[1] === right[0];
  return (
    1 +
    Math.min(
      distance(left.slice(1), right.slice(1), most - 1),
      distance(left.slice(1), right, most - 1),
      distance(left, right.slice(1), most - 1),
      swapped ? distance(left.slice(2), right.slice(2), most - 1) : most,
    )
  );
}
