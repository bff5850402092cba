import { describe, expect, it } from 'vitest';

import { EMPTY_MEMORY, remember } from '../../src/reconcile/memory.ts';

const wanted = remember(EMPTY_MEMORY, { kind: 'introspectWanted' }, undefined, 1);

describe('list_changed', () => {
  it('asks for a reading once, however often it is said', () => {
    expect(wanted.introspectWanted).toBe(true);
    expect(remember(wanted, { kind: 'introspectWanted' }, undefined, 2)).toBe(wanted);
  });

  it.each([false, true])('during the reading asks for another: %s', (overtaken) => {
    const read = remember(wanted, { kind: 'introspected', instance: 'i1', overtaken }, undefined, 3);
    expect(read.introspectWanted).toBe(overtaken);
  });
});
