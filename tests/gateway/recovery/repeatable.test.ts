import { describe, expect, it } from 'vitest';
import { isRepeatable } from '../../../src/gateway/recovery/repeatable.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';
import type { JsonObject } from '../../../src/shared/json.ts';

function repeatable(method: string, params: JsonObject, annotations?: JsonObject | null): boolean {
  const fleet = new ServedFleet();
  fleet.serve('s', snapshotOf({ tools: [{ name: 't', ...(annotations === undefined ? {} : { annotations }) }] }));
  return isRepeatable(fleet.get('s')!, method, params);
}

describe('a request may run twice', () => {
  it.each<[JsonObject | null | undefined, boolean]>([
    [{ readOnlyHint: true }, true],
    [{ idempotentHint: true, destructiveHint: true }, true],
    [{ readOnlyHint: false, idempotentHint: false }, false],
    [{ readOnlyHint: 'true', idempotentHint: 1 }, false],
    [{ destructiveHint: false, openWorldHint: false }, false],
    [{}, false],
    [null, false],
    [undefined, false],
  ])('where its tool says %j: %s', (annotations, expected) => {
    expect(repeatable('tools/call', { name: 't' }, annotations)).toBe(expected);
  });

  it('not where it makes a task, or its tool is unknown', () => {
    expect(repeatable('tools/call', { name: 't', task: {} }, { readOnlyHint: true })).toBe(false);
    expect(repeatable('tools/call', { name: 'other' }, { readOnlyHint: true })).toBe(false);
    expect(repeatable('tools/call', {}, { readOnlyHint: true })).toBe(false);
  });

  it.each([
    ['resources/read', true],
    ['prompts/get', true],
    ['completion/complete', true],
    ['resources/subscribe', false],
    ['tasks/cancel', false],
    ['of/tomorrow', false],
  ])('as a method: %s %s', (method, expected) => {
    expect(repeatable(method, { name: 't' }, { readOnlyHint: true })).toBe(expected);
  });
});
