import { expect, it } from 'vitest';
import type { RequestOptions } from '../../src/reconcile/ports.ts';
import type { Call } from '../../src/drivers/call.ts';
import { causeOf } from '../../src/drivers/correlate.ts';
import { NOBODY } from '../../src/drivers/represented.ts';
import { TestClient } from '../helpers/test-client.ts';

const A = new TestClient('a');
const B = new TestClient('b');
const CALLERS: Record<string, RequestOptions['caller']> = { a1: A.caller(), a2: A.caller(), b1: B.caller() };
const METHODS: Record<string, string> = { list: 'tools/list' };

/** `a2` is the second call of the client a, `anon` one without a client, `probe` and `list` are ours. */
function pending(names: string): Map<string, Call> {
  const call = (name: string) => {
    const options = { timeoutMs: 1, caller: CALLERS[name], ...(name === 'probe' ? { isProbe: true } : {}) };
    return { method: METHODS[name] ?? 'tools/call', options } as Call;
  };
  return new Map(names.split(' ').flatMap((name) => (name === '' ? [] : [[name, call(name)] as const])));
}

it.each([
  // pending, during, sole client: whom it goes to, and how many calls it can be of
  ['a1 b1', 'a1', '', 'a1', 1],
  ['a1 b1', 'b1', '', 'b1', 1],
  ['a1 a2', 'a1', '', 'a1', 1],
  ['a1', '', '', 'a1', 1],
  ['a1 a2', '', '', 'a2', 2],
  ['a1 probe list', '', '', 'a1', 1],
  ['', '', 'a1', 'a1', 0],
  ['probe list', '', 'b1', 'b1', 0],
  ['a1 b1', '', '', 'several clients', 0],
  ['a1 b1 a2', '', '', 'several clients', 0],
  ['a1 anon', '', '', 'several clients', 0],
  ['anon a1', '', '', 'several clients', 0],
  ['anon', '', 'a1', 'several clients', 0],
  ['', '', '', 'belongs to no call', 0],
  ['probe', '', '', 'belongs to no call', 0],
  ['a1', 'over', 'a1', 'is over', 0],
  ['a1 anon', 'anon', 'a1', 'nobody who could be asked', 0],
  ['a1 list', 'list', 'a1', 'nobody who could be asked', 0],
])('of "%s", on the stream of "%s", alone "%s": %s', (names, during, sole, expected, count) => {
  const represented = { ...NOBODY, sole: () => CALLERS[sole] };
  const cause = causeOf(pending(names), during === '' ? undefined : during, represented);
  if (typeof cause === 'string') expect(cause).toContain(expected);
  else {
    expect(cause.caller).toBe(CALLERS[expected]);
    expect(cause.calls).toHaveLength(count);
  }
});
