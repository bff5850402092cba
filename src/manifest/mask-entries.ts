import { isMap, isScalar, isSeq, visit, type Node } from 'yaml';
import { MASK } from '../shared/mask.ts';
import { applySplices, type Splice } from './edit-splices.ts';
import { readYaml } from './read-yaml.ts';
import { maskUserinfo } from './secret-mask.ts';
import { keyText } from './yaml-json.ts';

const LISTS: readonly string[] = ['env', 'headers'];

/**
 * The text of a manifest with the plain value of every entry of `env` and `headers`, and the password in each URL, masked; nothing else, so
 * that no other line can hide behind a mask. Lines stay lines.
 */
export function maskEntryValues(text: string): string {
  const splices: Splice[] = [];
  for (const { document } of readYaml(text).documents)
    visit(document, {
      Pair: (_, pair) => {
        if (LISTS.includes(keyText(pair) ?? '') && isSeq(pair.value))
          splices.push(...(pair.value.items as Node[]).flatMap((entry) => valueSplices(entry, text)));
      },
    });
  return maskUserinfo(applySplices(text, splices));
}

function valueSplices(entry: Node, text: string): readonly Splice[] {
  if (!isMap(entry)) return [];
  return entry.items.flatMap((pair) => {
    if (keyText(pair) !== 'value' || !isScalar(pair.value) || !pair.value.range) return [];
    const [from, to] = pair.value.range;
    return [{ from, to, text: text.slice(from, to).replace(/\S[^\n]*/g, MASK) }];
  });
}
