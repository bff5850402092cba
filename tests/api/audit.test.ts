import { expect, it } from 'vitest';
import type { RuntimeEvent } from '../../src/reconcile/ports.ts';
import { testApi } from '../helpers/test-api.ts';

const event = (seq: number, kind: string): RuntimeEvent => ({
  ...{ seq, kind, at: '2026-01-01T00:00:00.000Z', level: 'info', identity: 'files', message: `m${String(seq)}` },
});
const EVENTS = ['service.started', 'source.degraded', 'service.stopped', 'mcp.tool_called', 'service.started'];

it.each([
  [true, '', [1, 2, 3, 4, 5]],
  [true, '?limit=2', [4, 5]],
  [false, '', [2, 4]],
  [false, '?limit=1', [4]],
])('with what services did: %s, %s', async (auditLifecycle, query, seqs) => {
  const { ask, runtime } = await testApi({ auditLifecycle });
  runtime.past.splice(0, Infinity, ...EVENTS.map((kind, index) => event(index + 1, kind)));
  const { json } = await ask(`/api/audit${query}`);
  expect(json.items.map(({ seq }: { seq: number }) => seq)).toEqual(seqs);
  expect(json.items[0]).toMatchObject({ name: 'files', serviceId: expect.stringMatching(/^svc_/) });
});
