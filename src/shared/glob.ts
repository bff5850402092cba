/** Tool globs (manifest.md, spec.tools): `*` any run, `?` one character, everything else literal; the whole name must match. */
export function globMatches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(name);
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
