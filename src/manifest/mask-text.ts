import { type Document, isScalar, type Pair, visit } from 'yaml';
import type { Range } from './finding.ts';
import { looksSecret } from './secret-mask.ts';
import { keyText } from './yaml-json.ts';

/**
 * The text with every likely secret replaced by as many asterisks, so that offsets stay right: the value beside a secret-looking `name`,
 * and the value of a secret-looking key. Works on what the parser could make of broken text too.
 */
export function maskText(text: string, documents: readonly Document[]): string {
  return documents.flatMap(secretRanges).reduce((masked, { from, to }) => {
    const stars = text.slice(from, to).replace(/\S/g, '*');
    return masked.slice(0, from) + stars + masked.slice(to);
  }, text);
}

function secretRanges(document: Document): Range[] {
  const found: Range[] = [];
  visit(document, {
    Map: (_, map) => {
      const name = map.items.find((pair) => keyText(pair) === 'name')?.value;
      const secret = isScalar(name) && typeof name.value === 'string' && looksSecret(name.value);
      for (const pair of map.items) {
        const key = keyText(pair) ?? '';
        if (looksSecret(key) || (secret && key === 'value')) found.push(...scalarRange(pair));
      }
    },
  });
  return found;
}

function scalarRange({ value }: Pair): Range[] {
  return isScalar(value) && value.range ? [{ from: value.range[0], to: value.range[1] }] : [];
}
