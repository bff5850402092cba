import { expect, it } from 'vitest';

import { EMPTY_MEMORY, remember, type Happening } from '../../src/reconcile/memory.ts';
import type { Memory } from '../../src/reconcile/ports.ts';
import { desiredOf } from '../helpers/desired.ts';

const why = { reason: 'CircuitOpen', message: '8 of 10 calls failed' };
const SERVING: Memory = { ...EMPTY_MEMORY, introspected: { instance: 'old', atMs: 0 }, circuit: why };

it.each<[string, Happening, object | undefined]>([
  ['starts beside it', { kind: 'started', instance: 'new' }, why],
  ['fails beside it', { kind: 'introspectFailed', instance: 'new', why }, why],
  ['takes over', { kind: 'introspected', instance: 'new' }, undefined],
])('the circuit of the instance that serves, when another %s', (_, happening, circuit) => {
  expect(remember(SERVING, happening, desiredOf(), 1).circuit).toEqual(circuit);
});

it('stays open when the lists of that instance are read anew', () => {
  expect(remember(SERVING, { kind: 'introspected', instance: 'old' }, desiredOf(), 1).circuit).toEqual(why);
});
