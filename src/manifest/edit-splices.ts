import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { canonicalJson } from '../shared/canonical-json.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { isBlockValue, renderInline, renderLines, renderPair, type Style } from './edit-render.ts';
import { lineEnd, lineStart, SourceSpans } from './source-spans.ts';
import { keyText } from './yaml-json.ts';

/** A piece of text that takes the place of [from, to). */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Where a value stands: the key before it, or the dash or bracket of a list. */
interface Seat {
  readonly style: Style;
  readonly pair?: Pair;
}

/** The splices that turn the text of `root`, which means `before`, into one that means `after`. */
export function splicesBetween(text: string, root: Node, before: JsonObject, after: JsonObject): readonly Splice[] {
  const splicer = new Splicer(text, root);
  splicer.change(root, before, after, { style: styleOf(root) });
  return splicer.splices;
}

/** Carries out splices that were measured in one text; removals may overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((a, b) => a.from - b.from);
  let result = '';
  let at = 0;
  for (const { from, to, text: added } of ordered) {
    result += text.slice(at, Math.max(at, from)) + added;
    at = Math.max(at, to);
  }
  return result + text.slice(at);
}

class Splicer {
  readonly splices: Splice[] = [];
  readonly #text: string;
  readonly #spans: SourceSpans;
  readonly #newline: string;
  readonly #step: number;

  constructor(text: string, root: Node) {
    this.#text = text;
    this.#spans = new SourceSpans(text);
    this.#newline = text.includes('\r\n') ? '\r\n' : '\n';
    this.#step = this.#spans.indentStep(root);
  }

  change(node: unknown, before: Json, after: Json, seat: Seat): void {
    if (canonicalJson(before) === canonicalJson(after)) return;
    if (isMap(node) && isJsonObject(before) && isJsonObject(after) && Object.keys(before).some((key) => key in after)) {
      this.#changeMap(node, before, after);
    } else if (isSeq(node) && Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0) {
      this.#changeList(node, before as Json[], after as Json[]);
    } else if (seat.pair !== undefined && seat.style === 'block') {
      this.#replaceBlock(seat.pair, after);
    } else {
      this.#replaceInline(node, after, seat.style);
    }
  }

  #changeMap(map: YAMLMap, before: JsonObject, after: JsonObject): void {
    const style = styleOf(map);
    const stays = map.items.map((pair) => after[keyText(pair) ?? ''] !== undefined);
    this.#removeItems(map, stays);
    map.items.forEach((pair, index) => {
      const key = keyText(pair) ?? '';
      if (stays[index]) this.change(pair.value, before[key] ?? null, after[key] ?? null, { style, pair });
    });
    for (const [key, value] of Object.entries(after)) {
      if (value !== undefined && before[key] === undefined)
        this.#append(map, renderPair(key, value, style, this.#step));
    }
  }

  #changeList(list: YAMLSeq, before: readonly Json[], after: readonly Json[]): void {
    const style = styleOf(list);
    this.#removeItems(
      list,
      list.items.map((_, index) => index < after.length),
    );
    after.forEach((value, index) => {
      if (index < before.length) this.change(list.items[index], before[index] ?? null, value, { style });
      else this.#append(list, style === 'block' ? renderLines([value], this.#step) : [renderInline(value, style)]);
    });
  }

  /** Adds an entry after the last one of a collection that is not empty. */
  #append(collection: YAMLMap | YAMLSeq, lines: readonly string[]): void {
    const first = this.#spans.start(collection.items[0]);
    const end = this.#spans.end(collection.items.at(-1));
    if (styleOf(collection) === 'block') {
      const at = lineEnd(this.#text, end);
      this.#add(at, at, this.#indented(lines, this.#spans.column(this.#spans.start(collection))));
    } else if (this.#text.slice(this.#spans.start(collection), first).includes('\n')) {
      this.#add(end, end, `,${this.#indented(lines, this.#spans.column(first))}`);
    } else {
      this.#add(end, end, `, ${lines.map((line) => line.trim()).join(' ')}`);
    }
  }

  #removeItems(collection: YAMLMap | YAMLSeq, stays: readonly boolean[]): void {
    const ownLine = isMap(collection) ? /^\s*$/ : /^\s*-\s*$/;
    collection.items.forEach((item, index) => {
      if (stays[index]) return;
      const start = this.#spans.start(item);
      const end = this.#spans.end(item);
      const line = lineStart(this.#text, start);
      const next = collection.items[index + 1];
      if (styleOf(collection) === 'block' && ownLine.test(this.#text.slice(line, start))) {
        this.#add(line === 0 ? 0 : lineEnd(this.#text, line - 1), lineEnd(this.#text, end), '');
      } else if (next !== undefined) {
        this.#add(start, this.#spans.start(next), '');
      } else {
        this.#add(this.#spans.end(collection.items[stays.lastIndexOf(true)]), end, '');
      }
    });
  }

  /** The value of a pair of a block map. */
  #replaceBlock(pair: Pair, after: Json): void {
    const { value } = pair;
    const colon = this.#spans.afterColon(pair);
    const keyLineEnd = lineEnd(this.#text, colon);
    const end = this.#spans.end(pair);
    const besideKey = this.#spans.beginsOnLineOf(pair);
    if (isBlockValue(after)) {
      const lines = this.#indented(
        renderLines(after, this.#step),
        this.#spans.column(this.#spans.start(pair)) + this.#step,
      );
      if (besideKey) this.#add(colon, end, lines);
      else this.#add(keyLineEnd, Math.max(keyLineEnd, end), lines);
    } else if (besideKey) {
      this.#add(this.#spans.start(value), end, this.#scalar(value, after, 'block'));
    } else {
      this.#add(colon, colon, ` ${renderInline(after, 'block')}`);
      if (end > keyLineEnd) this.#add(keyLineEnd, end, '');
    }
  }

  /** An item of a list, or a value inside of brackets. */
  #replaceInline(node: unknown, after: Json, style: Style): void {
    const start = this.#spans.start(node);
    this.#add(start, this.#spans.end(node), this.#inlineText(node, after, style, start));
  }

  #inlineText(node: unknown, after: Json, style: Style, start: number): string {
    if (!isBlockValue(after) || style === 'flow') return this.#scalar(node, after, style);
    if (style === 'block') return this.#indented(renderLines(after, this.#step), this.#spans.column(start)).trimStart();
    const lines = JSON.stringify(after, null, this.#step).split('\n');
    return this.#indented(lines, this.#spans.indent(start)).trimStart();
  }

  /** A text keeps the quotes of the one before it. */
  #scalar(before: unknown, after: Json, style: Style): string {
    const quotes = isScalar(before) ? before.type : undefined;
    if (typeof after === 'string' && quotes === 'QUOTE_DOUBLE') return JSON.stringify(after);
    if (typeof after === 'string' && quotes === 'QUOTE_SINGLE' && !/[\r\n]/.test(after))
      return `'${after.replaceAll("'", "''")}'`;
    return renderInline(after, style);
  }

  /** Each line on a line of its own, after a line break. */
  #indented(lines: readonly string[], column: number): string {
    const margin = ' '.repeat(column);
    return lines.map((line) => this.#newline + (line === '' ? '' : margin + line)).join('');
  }

  #add(from: number, to: number, text: string): void {
    this.splices.push({ from, to, text });
  }
}

function styleOf(node: unknown): Style {
  if (!isCollection(node) || !node.flow) return 'block';
  const first = node.items[0];
  const text = isMap(node) ? node.items[0]?.key : first;
  return isScalar(text) && text.type === 'QUOTE_DOUBLE' ? 'json' : 'flow';
}
