import { parseDuration } from '../shared/duration.ts';
import { ClarityError } from '../shared/errors.ts';
import type { WaitFor } from '../runtime/types.ts';

const MAX_WAIT_MS = 600_000;

/** A `limit`-type number (original contract §0): `fallback` where absent or not finite; floored; 1 to 2000. */
export function limitOf(value: string | undefined, fallback: number): number {
  const number = value === undefined ? fallback : Number(value);
  return Math.min(2000, Math.max(1, Math.floor(Number.isFinite(number) ? number : fallback)));
}

/** A duration of a query in milliseconds, at most ten minutes; `fallback` where absent. Throws BadRequest. */
export function durationOf(name: string, value: string | undefined, fallback: number): number {
  const ms = value === undefined ? fallback : parseDuration(value);
  if (ms === undefined)
    throw new ClarityError('BadRequest', `${name} must be a duration such as 30s, not "${value ?? ''}"`);
  return Math.min(MAX_WAIT_MS, ms);
}

/** `for` of GET …/wait, which its schema has checked. */
export function waitForOf(text: string): WaitFor {
  if (text === 'ready' || text === 'stopped' || text === 'delete') return { kind: text };
  const [, type = '', status = 'True'] = text.split('=');
  return { kind: 'condition', type, status };
}
