import { describe, expect, it } from 'vitest';
import { differences } from '../../../src/runtime/proposals/differences.ts';
import { planHash } from '../../../src/runtime/proposals/plan-hash.ts';
import type { PlannedChange, WantedChange } from '../../../src/runtime/types.ts';

const change: WantedChange = { kind: 'apply', text: 'a' };
const plan: PlannedChange = {
  kind: 'MCPService',
  name: 'a',
  outcome: 'created',
  patch: '+a',
  fields: [],
  actions: ['start a'],
  diagnostics: [],
};

describe('the hash of a plan', () => {
  it.each<[string, Partial<PlannedChange>, string]>([
    ['its outcome', { outcome: 'configured' }, 'configured instead of created'],
    ['its patch', { patch: '+b' }, 'its file says something else by now'],
    ['what its module asks for', { newlyAsks: ['net (http_get)'] }, 'its module asks for something else'],
    ['its fields', { fields: [{ path: 'spec', after: 1 }] }, 'other fields or diagnostics'],
  ])('is another with %s, in words', (_, over, says) => {
    const other = [{ ...plan, ...over }];
    expect(planHash(change, other)).not.toBe(planHash(change, [plan]));
    expect(differences([plan], other)).toEqual([`MCPService "a": ${says}`]);
  });

  it('is another with the text, the folder, and the documents', () => {
    const hashes = [
      planHash(change, [plan]),
      planHash({ kind: 'apply', text: 'b' }, [plan]),
      planHash({ kind: 'apply', text: 'a', folder: 'f' }, [plan]),
      planHash({ kind: 'remove', name: 'a' }, [plan]),
      planHash(change, []),
      planHash(change, [plan, { ...plan, name: 'b' }]),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(differences([plan], [{ ...plan, name: 'b' }])).toEqual([
      'nothing would be done to MCPService "a"',
      'MCPService "b" would be created too',
    ]);
  });

  it('is the same whatever instances do at the moment', () => {
    const now = { ...plan, actions: ['replace a'], drains: 3 };
    expect(planHash(change, [now])).toBe(planHash(change, [plan]));
    expect(differences([plan], [now])).toEqual([]);
  });
});
