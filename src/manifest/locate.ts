import { type Document, isAlias, isMap, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Range } from './finding.ts';
import { keyText } from './yaml-json.ts';

/** A place in a document: member names and list indexes from the root. */
export type Path = readonly (string | number)[];

/** Finds where paths stand in the text of one document. */
export class Locator {
  readonly #document: Document;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string | undefined, Pair>>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** The value at the path; the nearest value above it where it is missing. */
  value(path: Path): Range {
    const found = this.#walk(path);
    return rangeOf(found.node) ?? rangeOf(found.pair?.key) ?? { from: 0, to: 0 };
  }

  /** The key that leads to the path; for the root and list items the value's first key or itself. */
  key(path: Path): Range {
    const { pair, node } = this.#walk(path);
    const first = isMap(node) ? node.items[0]?.key : undefined;
    return rangeOf(pair?.key) ?? rangeOf(first) ?? rangeOf(node) ?? { from: 0, to: 0 };
  }

  #walk(path: Path): { node: unknown; pair: Pair | undefined } {
    let node: unknown = this.#document.contents;
    let pair: Pair | undefined;
    for (const step of path) {
      const at = isAlias(node) ? node.resolve(this.#document) : node;
      if (isSeq(at) && at.items[Number(step)] !== undefined) {
        node = at.items[Number(step)];
        pair = undefined;
        continue;
      }
      const next = isMap(at) ? this.#pairsOf(at).get(String(step)) : undefined;
      if (next === undefined) break;
      pair = next;
      node = next.value;
    }
    return { node, pair };
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string | undefined, Pair> {
    const known = this.#pairs.get(map) ?? new Map(map.items.map((pair) => [keyText(pair), pair]));
    this.#pairs.set(map, known);
    return known;
  }
}

function rangeOf(node: unknown): Range | undefined {
  const range = (node as Partial<Node> | null | undefined)?.range;
  if (!range) return undefined;
  return { from: range[0], to: Math.max(range[0], range[1]) };
}
