import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Json } from '../shared/json.ts';
import type { Finding } from './finding.ts';

/** What aliases may add: an alias bomb multiplies nodes without an end. */
const MAX_ALIASED_NODES = 10_000;
const MAX_DEPTH = 64;

interface Walk {
  readonly findings: Finding[];
  /** The nodes that aliases may mean so far: an anchor stands before its aliases. */
  readonly anchors: Map<string, Node>;
  aliased: number;
}

/** The JSON value of a node; what JSON cannot hold, duplicate keys and bad aliases are findings. */
export function toJson(root: Node): { value: Json; findings: readonly Finding[] } {
  const walk: Walk = { findings: [], anchors: new Map(), aliased: 0 };
  return { value: convert(root, walk, 0, false), findings: walk.findings };
}

function convert(node: unknown, walk: Walk, depth: number, aliased: boolean): Json {
  if (aliased && ++walk.aliased > MAX_ALIASED_NODES) return null;
  if (depth > MAX_DEPTH)
    return complain(walk, node, 'YamlSyntax', `aliases nest deeper than ${String(MAX_DEPTH)} levels`);
  if (isAlias(node)) return convertAlias(node, walk, depth);
  if (!aliased) remember(node, walk);
  if (isMap(node)) return convertMap(node, walk, depth, aliased);
  if (isSeq(node)) return node.items.map((item) => convert(item, walk, depth + 1, aliased));
  return isScalar(node) ? convertScalar(node.value, node, walk) : null;
}

function convertAlias(alias: Alias, walk: Walk, depth: number): Json {
  const target = walk.anchors.get(alias.source);
  if (target === undefined) return complain(walk, alias, 'YamlSyntax', 'this alias has no anchor (&name) before it');
  const exceeded = walk.aliased > MAX_ALIASED_NODES;
  const value = convert(target, walk, depth + 1, true);
  if (exceeded || walk.aliased <= MAX_ALIASED_NODES) return value;
  return complain(walk, alias, 'YamlSyntax', 'the aliases of this document expand to too much');
}

function remember(node: unknown, walk: Walk): void {
  if (isNode(node) && !isAlias(node) && node.anchor !== undefined) walk.anchors.set(node.anchor, node);
}

function convertMap(map: YAMLMap, walk: Walk, depth: number, aliased: boolean): Json {
  const seen = new Set<string>();
  const entries: [string, Json][] = [];
  for (const pair of map.items) {
    if (!aliased) remember(pair.key, walk);
    const key = keyText(pair);
    if (key === undefined) {
      complain(walk, pair.key, 'YamlSyntax', 'a key is a plain text');
      continue;
    }
    if (seen.has(key)) {
      complain(walk, pair.key, 'DuplicateKey', `the key "${key}" is given twice in one map`);
      continue;
    }
    seen.add(key);
    entries.push([key, convert(pair.value, walk, depth + 1, aliased)]);
  }
  // fromEntries makes own members also of names such as __proto__.
  return Object.fromEntries(entries);
}

/** The key as JSON has it; undefined for collections and aliases. */
export function keyText(pair: Pair): string | undefined {
  if (!isScalar(pair.key)) return undefined;
  return typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value));
}

function convertScalar(value: unknown, node: Node, walk: Walk): Json {
  if (typeof value === 'number' && !Number.isFinite(value))
    return complain(walk, node, 'YamlSyntax', 'JSON has no such number');
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return complain(walk, node, 'YamlSyntax', 'this tag gives a value that JSON cannot hold; leave it out');
}

function complain(walk: Walk, node: unknown, code: string, message: string): null {
  const [from, to] = (node as Partial<Node> | null)?.range ?? [0, 1];
  walk.findings.push({ severity: 'error', code, message, range: { from, to } });
  return null;
}
