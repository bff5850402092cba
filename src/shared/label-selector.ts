type Term = { readonly key: string; readonly matches: (value: string | undefined) => boolean };

/** True for labels that the selector selects. */
export type LabelSelector = (labels: Readonly<Record<string, string>>) => boolean;

/**
 * A label selector as kubectl writes it: `k=v`, `k==v`, `k!=v`, `k`, `!k`, joined by commas, all of which must hold. Text without a term
 * selects everything. Where a term is none, the term comes back instead.
 */
export function parseLabelSelector(text: string): LabelSelector | { readonly wrong: string } {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const terms: Term[] = [];
  for (const part of parts) {
    const term = parseTerm(part);
    if (term === undefined) return { wrong: part };
    terms.push(term);
  }
  return (labels) => terms.every(({ key, matches }) => matches(Object.hasOwn(labels, key) ? labels[key] : undefined));
}

function parseTerm(part: string): Term | undefined {
  const match = /^(!?)([^=!\s]+)\s*(?:(!=|==?)\s*(.*))?$/.exec(part);
  const [, not, key, operator, wanted] = match ?? [];
  if (key === undefined || (not === '!' && operator !== undefined)) return undefined;
  if (operator === undefined) return { key, matches: (value) => (value === undefined) === (not === '!') };
  if (operator === '!=') return { key, matches: (value) => value !== wanted };
  return { key, matches: (value) => value === wanted };
}
