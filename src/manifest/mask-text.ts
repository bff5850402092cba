import { isScalar, visit } from 'yaml';
import { applySplices, type Splice } from './edit-splices.ts';
import type { YamlDocument } from './read-yaml.ts';
import { looksSecret, maskUserinfo } from './secret-mask.ts';
import { keyText } from './yaml-json.ts';

/**
 * The text with every likely secret replaced by as many asterisks, so that offsets stay right: the value beside a secret-looking `name`,
 * the value of a secret-looking key, the password in a URL. Works on what the parser could make of broken text too.
 */
export function maskText(text: string, documents: readonly YamlDocument[]): string {
  return maskUserinfo(
    applySplices(
      text,
      documents.flatMap((document) => secretSplices(document, text)),
    ),
  );
}

function secretSplices({ document }: YamlDocument, text: string): Splice[] {
  const found: Splice[] = [];
  visit(document, {
    Map: (_, map) => {
      const name = map.items.find((pair) => keyText(pair) === 'name')?.value;
      const named = isScalar(name) && looksSecret(String(name.value));
      for (const pair of map.items) {
        const key = keyText(pair) ?? '';
        const secret = looksSecret(key) || (named && key === 'value');
        if (!secret || !isScalar(pair.value) || !pair.value.range) continue;
        const [from, to] = pair.value.range;
        found.push({ from, to, text: text.slice(from, to).replace(/\S/g, '*') });
      }
    },
  });
  return found;
}
