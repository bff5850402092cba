import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isJsonObject } from '../../shared/json.ts';

/** Where a page ends: after `row` rows of the list, the last of which was `after`. */
export interface CursorPosition {
  /** Which list of which scope; a cursor is worth nothing in another. */
  readonly list: string;
  readonly row: number;
  readonly after: string;
}

/** Opaque list cursors, signed with a key of this process: nobody can make one up, and none outlives a restart (mcp-gateway §3.5). */
export class Cursors {
  readonly #key = randomBytes(32);

  seal(position: CursorPosition): string {
    const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
    return `${payload}.${this.#sign(payload).toString('base64url')}`;
  }

  /** Undefined for a cursor that is not ours, or is of another list. */
  open(cursor: string, list: string): CursorPosition | undefined {
    const [payload = '', signature = ''] = cursor.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(payload);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const position: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isJsonObject(position) && position.list === list ? (position as unknown as CursorPosition) : undefined;
  }

  #sign(payload: string): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest().subarray(0, 16);
  }
}
