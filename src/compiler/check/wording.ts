/** `1 argument`, `2 arguments`, `no arguments`. */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count === 0 ? 'no' : count} ${noun}s`;
}

/** `none is`, `1 is`, `2 are`. */
export function are(count: number): string {
  return count === 0 ? 'none is' : count === 1 ? '1 is' : `${count} are`;
}

/** A longer list would not be read. */
const MAX_LISTED = 20;

/** Names in backquotes; of many the first ones, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
