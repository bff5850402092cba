import { CliError, EXIT } from './cli-error.ts';

type Term = { readonly key: string; readonly matches: (value: string | undefined) => boolean };

/**
 * Parses a label selector as kubectl writes it: `k=v`, `k==v`, `k!=v`, `k`, `!k`, joined by commas, all of which must hold.
 * Throws a usage error on an empty key.
 */
export function parseSelector(text: string): (labels: Readonly<Record<string, string>>) => boolean {
  const terms = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseTerm);
  return (labels) => terms.every(({ key, matches }) => matches(Object.hasOwn(labels, key) ? labels[key] : undefined));
}

function parseTerm(part: string): Term {
  const match = /^(!?)([^=!\s]+)\s*(?:(!=|==?)\s*(.*))?$/.exec(part);
  const [, not, key, operator, wanted] = match ?? [];
  if (key === undefined || (not === '!' && operator !== undefined))
    throw new CliError(EXIT.usage, `"${part}" is no label selector`, {
      hint: 'Write k=v, k!=v, k or !k, joined by commas.',
    });
  if (operator === undefined) return { key, matches: (value) => (value === undefined) === (not === '!') };
  if (operator === '!=') return { key, matches: (value) => value !== wanted };
  return { key, matches: (value) => value === wanted };
}
