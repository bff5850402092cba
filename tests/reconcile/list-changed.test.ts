import { expect, it } from 'vitest';

import { EMPTY_MEMORY, remember } from '../../src/reconcile/memory.ts';

it('list_changed asks for a reading once, however often it is said', () => {
  const wanted = remember(EMPTY_MEMORY, { kind: 'introspectWanted' }, undefined, 1);
  expect(wanted.introspectWanted).toBe(true);
  expect(remember(wanted, { kind: 'introspectWanted' }, undefined, 2)).toBe(wanted);
});
