import { isJsonObject, type Json } from '../../shared/json.ts';
import { sameValue } from '../../shared/same-value.ts';
import { invalidConfig } from './invalid-config.ts';
import { parseJsonText, skipTrivia, type JsonMember, type JsonNode } from './json-text.ts';
import { lineFeedOf, spliced } from './splice.ts';

/**
 * Sets the member at `path` of a JSON text, with the objects above it where they are missing; every other byte stays.
 * Throws ClarityError ClientConfigInvalid where the text does not parse or the path leads through something that is no object.
 */
export function setMember(file: string, text: string, path: readonly string[], value: Json): string {
  const root = parseJsonText(file, text, false);
  let object = root;
  for (const [depth, key] of path.entries()) {
    const at = path.slice(0, depth).join('.');
    if (object.members === undefined)
      throw invalidConfig(file, text, object.from, `${at === '' ? 'the file' : at} is no JSON object`);
    const member = object.members.findLast((each) => each.key === key);
    if (member === undefined) {
      const rest = path.slice(depth + 1).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
      return insert(text, root, object, key, rest);
    }
    object = member.node;
  }
  if (sameValue(object.value, value)) return text;
  const put = render(text, value, isSpread(text, root), indentAt(text, object.from));
  return spliced(text, [{ from: object.from, to: object.to, text: put }]);
}

/** Takes the member at `path` away, repeated ones too; every other byte stays. The same text where there is none. Throws as setMember does. */
export function removeMember(file: string, text: string, path: readonly string[]): string {
  for (let now = text; ;) {
    const found = find(parseJsonText(file, now, false), path);
    if (found === undefined) return now;
    now = without(now, found.object, found.index);
  }
}

function find(root: JsonNode, path: readonly string[]): { object: JsonNode; index: number } | undefined {
  let object: JsonNode | undefined = root;
  for (const key of path.slice(0, -1)) object = object?.members?.findLast((each) => each.key === key)?.node;
  const index = object?.members?.findLastIndex((each) => each.key === path.at(-1)) ?? -1;
  return object === undefined || index < 0 ? undefined : { object, index };
}

function insert(text: string, root: JsonNode, object: JsonNode, key: string, value: Json): string {
  const spread = isSpread(text, root);
  const feed = lineFeedOf(text);
  const last = object.members?.at(-1);
  const outer = indentAt(text, object.from);
  const inside = last === undefined ? outer + unitOf(text, root) : indentAt(text, last.from);
  const member = `${JSON.stringify(key)}:${spread ? ' ' : ''}${render(text, value, spread, inside)}`;
  const before = spread ? feed + inside : '';
  if (last === undefined) {
    const { end } = skipTrivia(text, object.from + 1);
    const after = spread ? feed + outer : '';
    return spliced(text, [{ from: end, to: object.to - 1, text: before + member + after }]);
  }
  // Behind a comment on the last member's line, which belongs to that member.
  const { end } = skipTrivia(text, last.node.to);
  return spliced(text, [
    { from: last.node.to, to: last.node.to, text: ',' },
    { from: end, to: end, text: before + member },
  ]);
}

function without(text: string, object: JsonNode, index: number): string {
  const members = object.members ?? [];
  const { from, node } = members[index] as JsonMember;
  const previous = members[index - 1];
  const comma = previous === undefined ? undefined : skipTrivia(text, previous.node.to).next;
  const start = skipTrivia(text, comma === undefined ? object.from + 1 : comma + 1).end;
  const begin = Math.min(start, from);
  if (index < members.length - 1)
    return spliced(text, [{ from: begin, to: skipTrivia(text, node.to).next + 1, text: '' }]);
  if (comma !== undefined)
    return spliced(text, [
      { from: comma, to: comma + 1, text: '' },
      { from: begin, to: node.to, text: '' },
    ]);
  const rest = text.slice(node.to, object.to - 1);
  return spliced(text, [{ from: begin, to: rest.trim() === '' ? object.to - 1 : node.to, text: '' }]);
}

/** True where the text is written on several lines, as we write one that is empty. */
function isSpread(text: string, root: JsonNode): boolean {
  return root.members?.length === 0 || text.slice(root.from, root.to).includes('\n');
}

function render(text: string, value: Json, spread: boolean, indent: string): string {
  if (!spread) return JSON.stringify(value);
  const root = parseJsonText('', text, false);
  const lines = JSON.stringify(value, undefined, unitOf(text, root)).split('\n');
  return lines.join(lineFeedOf(text) + indent);
}

/** The white space that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** How much one level is indented: as the first member of the whole file. */
function unitOf(text: string, root: JsonNode): string {
  const first = root.members?.[0];
  if (first === undefined || !text.slice(root.from, first.from).includes('\n')) return '  ';
  return indentAt(text, first.from).slice(indentAt(text, root.from).length) || '  ';
}

/** The value at a path of a parsed text; undefined where there is none. */
export function memberAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => (isJsonObject(at) ? at[key] : undefined), value);
}
