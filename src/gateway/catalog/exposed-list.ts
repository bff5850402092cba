import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Identity } from '../../reconcile/ports.ts';
import type { JsonText } from '../call.ts';
import type { Cursors } from './cursor.ts';

/** Where a listed thing lives: the service, and the name or URI that the service knows it by. */
export interface Route {
  readonly identity: Identity;
  readonly upstreamKey: string;
}

/** One definition as the gateway lists it. */
export interface Row {
  /** The exposed name, URI or URI template. */
  readonly key: string;
  readonly json: string;
  readonly route: Route;
}

export interface PageLimits {
  readonly pageRows: number;
  readonly pageChars: number;
}

/** One list of one scope: its pages, each serialised once, and the table from exposed keys to routes. Immutable. */
export class ExposedList {
  readonly rows: readonly Row[];
  readonly #member: string;
  readonly #id: string;
  readonly #cursors: Cursors;
  readonly #limits: PageLimits;
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #pages = new Map<number, JsonText>();
  #owners: ReadonlySet<Identity> | undefined;

  /** `member` names the array in the result; `id` tells this list from every other in its cursors. */
  constructor(member: string, id: string, rows: readonly Row[], cursors: Cursors, limits: PageLimits) {
    this.rows = rows;
    this.#member = member;
    this.#id = id;
    this.#cursors = cursors;
    this.#limits = limits;
    this.#routes = new Map(rows.map((row) => [row.key, row.route]));
  }

  /** Whose rows these are. */
  get owners(): ReadonlySet<Identity> {
    return (this.#owners ??= new Set(this.rows.map((row) => row.route.identity)));
  }

  route(key: string): Route | undefined {
    return this.#routes.get(key);
  }

  /** The result of a list request as JSON. Throws RpcError -32602 for a cursor that is not ours. */
  page(cursor?: string): JsonText {
    if (cursor === undefined) return this.#pageFrom(0);
    const position = this.#cursors.open(cursor, this.#id);
    if (position === undefined) throw new RpcError(RPC.invalidParams, 'The cursor is not valid for this list');
    if (position.row === 0 || this.rows[position.row - 1]?.key === position.after) return this.#pageFrom(position.row);
    // The list has changed since: go on after the row that was seen last, wherever it is now, so that nothing is left out.
    const seen = this.rows.findIndex((row) => row.key === position.after);
    return this.#render(seen === -1 ? Math.min(position.row, this.rows.length) : seen + 1);
  }

  #pageFrom(start: number): JsonText {
    const known = this.#pages.get(start);
    if (known !== undefined) return known;
    const text = this.#render(start);
    // Encoded once: for a large page that is most of what sending it costs.
    const page = text.length > LARGE_CHARS ? Buffer.from(text) : text;
    if (this.#pages.size < MAX_CACHED_PAGES) this.#pages.set(start, page);
    return page;
  }

  #render(start: number): string {
    const parts: string[] = [];
    let chars = 0;
    for (let at = start; at < this.rows.length && parts.length < this.#limits.pageRows; at++) {
      const json = this.rows[at]?.json ?? '';
      if (parts.length > 0 && chars + json.length > this.#limits.pageChars) break;
      parts.push(json);
      chars += json.length;
    }
    const row = start + parts.length;
    const after = this.rows[row - 1]?.key;
    const next =
      row < this.rows.length && after !== undefined
        ? `,"nextCursor":${JSON.stringify(this.#cursors.seal({ list: this.#id, row, after }))}`
        : '';
    return `{"${this.#member}":[${parts.join(',')}]${next}}`;
  }
}

const LARGE_CHARS = 16_384;
/** More than any honest list has pages; cursors of earlier lists may start pages of their own. */
const MAX_CACHED_PAGES = 64;
