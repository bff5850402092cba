import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { sameValue } from '../shared/same-value.ts';
import type { InterfaceSnapshot } from './ports.ts';
import { compareSchemas, LEVELS, type Level, type SchemaChange } from './schema-diff.ts';
import { quoted, shown } from './schema-keywords.ts';

/** The lists of an interface. */
export type InterfaceLists = Pick<InterfaceSnapshot, ListName>;
export type ListName = 'tools' | 'prompts' | 'resources' | 'resourceTemplates';

/** What identifies a definition in each list. */
const KEYS: Readonly<Record<ListName, string>> = {
  tools: 'name',
  prompts: 'name',
  resources: 'uri',
  resourceTemplates: 'uriTemplate',
};
export const LIST_NAMES = Object.keys(KEYS) as ListName[];

/** A definition that is in both, but not as it was. */
export interface DefinitionChange {
  readonly name: string;
  /** The gravest of its changes. */
  readonly level: Level;
  /** In words, the gravest first; at most 20. */
  readonly why: readonly string[];
}

/** Names as they came: of any length, with any character. */
export interface ListDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly DefinitionChange[];
}
export type InterfaceDiff = Readonly<Record<ListName, ListDiff>>;

const MAX_WHY = 20;

/** What clients gain, lose and see change from one interface to another (reconcile-behaviour §3, drift). */
export function diffInterfaces(before: InterfaceLists, after: InterfaceLists): InterfaceDiff {
  const of = (list: ListName) => diffList(byKey(before, list), byKey(after, list), COMPARE[list]);
  return {
    tools: of('tools'),
    prompts: of('prompts'),
    resources: of('resources'),
    resourceTemplates: of('resourceTemplates'),
  };
}

/** True where there is no difference. */
export function isEmptyDiff(diff: InterfaceDiff): boolean {
  return LIST_NAMES.every((list) => {
    const { added, removed, changed } = diff[list];
    return added.length + removed.length + changed.length === 0;
  });
}

/** True where somebody who used what was there may fail now. */
export function isBreaking(diff: InterfaceDiff): boolean {
  return LIST_NAMES.some((list) => {
    const { removed, changed } = diff[list];
    return removed.length > 0 || changed.some(({ level }) => level === 'breaking' || level === 'possiblyBreaking');
  });
}

type Compare = (before: JsonObject, after: JsonObject) => readonly SchemaChange[];

const COMPARE: Readonly<Record<ListName, Compare>> = {
  tools: (before, after) => [
    ...compareSchemas(before.inputSchema, after.inputSchema, 'input'),
    ...compareOutputs(before.outputSchema, after.outputSchema),
    ...compareTexts(before, after, ['inputSchema', 'outputSchema']),
  ],
  prompts: (before, after) => [
    ...compareSchemas(argumentsSchema(before), argumentsSchema(after), 'input'),
    ...compareTexts(before, after, ['arguments']),
  ],
  resources: (before, after) => [...compareMimeTypes(before, after), ...compareTexts(before, after, ['mimeType'])],
  resourceTemplates: (before, after) => [
    ...compareMimeTypes(before, after),
    ...compareTexts(before, after, ['mimeType']),
  ],
};

function diffList(
  before: ReadonlyMap<string, JsonObject>,
  after: ReadonlyMap<string, JsonObject>,
  compare: Compare,
): ListDiff {
  const changed: DefinitionChange[] = [];
  for (const [name, was] of before) {
    const is = after.get(name);
    if (is !== undefined && !sameValue(was, is)) changed.push(judged(name, compare(was, is)));
  }
  const missingIn = (others: ReadonlyMap<string, JsonObject>, names: Iterable<string>) =>
    [...names].filter((name) => !others.has(name)).sort();
  return {
    added: missingIn(before, after.keys()),
    removed: missingIn(after, before.keys()),
    changed: changed.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function judged(name: string, changes: readonly SchemaChange[]): DefinitionChange {
  const gravity = ({ level }: SchemaChange) => LEVELS.indexOf(level);
  const sorted = [...changes].sort((a, b) => gravity(b) - gravity(a));
  const why = [...new Set(sorted.map((change) => change.why))];
  const said =
    why.length > MAX_WHY ? [...why.slice(0, MAX_WHY - 1), `and ${String(why.length - MAX_WHY + 1)} more`] : why;
  return { name, level: sorted[0]?.level ?? 'text', why: said };
}

/** Absent is not the schema that accepts all: nobody could read what is not described. */
function compareOutputs(before: Json | undefined, after: Json | undefined): readonly SchemaChange[] {
  if (before !== undefined && after !== undefined) return compareSchemas(before, after, 'output');
  if (before === after) return [];
  return before === undefined
    ? [{ level: 'additive', why: 'output schema added' }]
    : [{ level: 'breaking', why: 'output schema removed' }];
}

function compareMimeTypes({ mimeType: was }: JsonObject, { mimeType: is }: JsonObject): readonly SchemaChange[] {
  return sameValue(was, is) ? [] : [{ level: 'possiblyBreaking', why: '`mimeType` changed' }];
}

/** Every member but those that have a comparison of their own. */
function compareTexts(before: JsonObject, after: JsonObject, compared: readonly string[]): readonly SchemaChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !compared.includes(key));
  return keys
    .filter((key) => !sameValue(before[key], after[key]))
    .map((key) => ({ level: 'text', why: `${quoted(key)} changed${shown(before[key], after[key])}` }));
}

/** The arguments of a prompt as the schema that they are a short form of. */
function argumentsSchema({ arguments: list }: JsonObject): Json {
  if (list !== undefined && !Array.isArray(list)) return list;
  const named = ((list ?? []) as readonly Json[])
    .filter(isJsonObject)
    .flatMap(({ name, required, ...rest }) =>
      typeof name === 'string' ? [{ name, required: required === true, rest }] : [],
    );
  return {
    properties: Object.fromEntries(named.map(({ name, rest }) => [name, rest])),
    required: named.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** The first of two with one key is the one that can be reached; what has no key cannot be. */
function byKey(lists: InterfaceLists, list: ListName): ReadonlyMap<string, JsonObject> {
  const definitions = new Map<string, JsonObject>();
  for (const definition of lists[list]) {
    const key = definition[KEYS[list]];
    if (typeof key === 'string' && !definitions.has(key)) definitions.set(key, definition);
  }
  return definitions;
}
