import { createHash } from 'node:crypto';

/** Several hosts stop at 60 to 64 characters (mcp-gateway §3.1). */
const MAX_NAME = 64;

/** Hosts refuse a whole list over one name with another character (mcp-gateway §3.1). */
const ILLEGAL = /[^A-Za-z0-9_.-]/gu;

/** `<namespace>__<name>`; with legal characters only, cut and marked with a hash where it is too long: the same after every restart. */
export function prefixedName(namespace: string, name: string): string {
  const whole = `${namespace}__${name}`;
  return whole.length <= MAX_NAME && whole.search(ILLEGAL) === -1 ? whole : markedName(namespace, name);
}

/** The name for the later of two that would be equal, such as `a` + `b__c` beside `a__b` + `c`. */
export function markedName(namespace: string, name: string): string {
  const mark = createHash('sha256').update(`${namespace}\0${name}`).digest('hex').slice(0, 8);
  const start = `${namespace}__${name}`.replace(ILLEGAL, '_').slice(0, MAX_NAME - 1 - mark.length);
  return `${start}_${mark}`;
}
