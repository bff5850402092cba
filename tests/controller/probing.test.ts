import { describe, expect, it } from 'vitest';

import { ClarityError } from '../../src/shared/errors.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const count = (rig: ControllerRig, call: string) => rig.driver.calls.filter((one) => one === call).length;

describe('health', () => {
  it('is looked at soon where a call met trouble, but not with every such call', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(5000);
    expect(count(rig, 'ping a')).toBe(0);
    for (let i = 0; i < 50; i++) rig.controller.view.suspect('a');
    await rig.run(500);
    expect(count(rig, 'ping a')).toBe(1);
  });

  it('of a server that is gone is known after three probes, a second apart', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(5000);
    rig.driver.of('a').pingError = new RpcError(
      RPC.unavailable,
      'reset',
      { sent: true },
      {
        cause: new ClarityError('UpstreamUnreachable', 'reset'),
      },
    );
    rig.driver.of('a').startError = new ClarityError('UpstreamUnreachable', 'refused');
    for (let i = 0; i < 5; i++) {
      rig.controller.view.suspect('a');
      await rig.run(1100);
    }
    expect(rig.condition('a')).not.toContain('True');
    expect(rig.entry('a').status?.conditions.find(({ type }) => type === 'Healthy')?.reason).toBe('Unreachable');
  });

  it('is asked of the tool that the manifest names, whose error is a failure', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  probe: {tool: check, intervalSeconds: 10}\n') });
    await rig.run(15_000);
    expect(count(rig, 'tools/call a')).toBe(1);
    expect(count(rig, 'ping a')).toBe(0);
    expect(rig.condition('a', 'Healthy')).toBe('True:ProbeSucceeded');
  });

  it('with every tenth probe means reading the lists of a server that does not tell of their changes', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  probe: {intervalSeconds: 10}\n') });
    await rig.run(80_000);
    expect(count(rig, 'tools/list a')).toBe(1);
    await rig.run(45_000);
    expect(count(rig, 'tools/list a')).toBe(2);
  });

  it('is Degraded while a circuit is open, and the service stays Ready', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.controller.view.circuit('a', { reason: 'CircuitOpen', message: '8 of 10 calls failed' });
    await rig.run(100);
    expect([rig.condition('a'), rig.condition('a', 'Healthy')]).toEqual(['True:Serving', 'False:CircuitOpen']);
    expect(rig.entry('a').status?.health).toBe('Degraded');
    rig.controller.view.circuit('a', undefined);
    await rig.run(100);
    expect(rig.entry('a').status?.health).toBe('Healthy');
  });
});
