import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/gateway/call.ts';
import { ProgressRelay } from '../../../src/gateway/recovery/progress-relay.ts';
import type { JsonObject } from '../../../src/shared/json.ts';

function relayed(params: JsonObject) {
  const heard: JsonObject[] = [];
  const call = { notify: (_method: string, told: JsonObject) => heard.push(told) } as unknown as Call;
  return { heard, relay: ProgressRelay.of(params, call) };
}

describe('progress of a request', () => {
  it.each([0, '', 7, 'x'])('goes on under the token %j, as it came', (token) => {
    const { heard, relay } = relayed({ _meta: { progressToken: token } });
    for (const progress of [1, 1, 0]) relay?.take({ progress, progressToken: 99, message: 'm' });
    expect(heard).toEqual([1, 1, 0].map((progress) => ({ progress, progressToken: token, message: 'm' })));
  });

  it.each([{}, { _meta: {} }, { _meta: { progressToken: null } }])('is nobody’s with %j', (params) => {
    expect(relayed(params).relay).toBeUndefined();
  });

  it('goes on rising where the request is made again', () => {
    const { heard, relay } = relayed({ _meta: { progressToken: 1 } });
    for (const progress of [1, 2]) relay?.take({ progress });
    relay?.again();
    for (const progress of [0, 1, 2, 3]) relay?.take({ progress });
    expect(heard.map(({ progress }) => progress)).toEqual([1, 2, 3]);
  });
});
