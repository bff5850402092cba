/**
 * Tool globs (manifest.md, spec.tools): `*` any run, `?` one character, everything else literal; the whole name must match.
 * Names come from upstreams, so no regular expression is built of them: the time is at most pattern times name.
 */
export function globMatches(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let retry = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      retry = n;
    } else if (pattern[p] === '?' || pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      // Let the last star take one character more.
      p = star + 1;
      n = ++retry;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** One decision for listing and calling: every list that exists must allow, deny wins (manifest.md, spec.tools). */
export function globsAllow(
  name: string,
  lists: readonly { allow?: readonly string[] | undefined; deny?: readonly string[] | undefined }[],
): boolean {
  return lists.every(
    ({ allow, deny }) =>
      !(deny ?? []).some((glob) => globMatches(glob, name)) &&
      (allow === undefined || allow.some((glob) => globMatches(glob, name))),
  );
}
