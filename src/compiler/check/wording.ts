/** `1 argument`, `2 arguments`, `no arguments`. */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count === 0 ? 'no' : count} ${noun}s`;
}

/** `none is`, `1 is`, `2 are`. */
export function are(count: number): string {
  return count === 0 ? 'none is' : count === 1 ? '1 is' : `${count} are`;
}
