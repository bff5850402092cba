import { expect, it } from 'vitest';

import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const command = (path: string) =>
  service('a', '  probe: {intervalSeconds: 10}\n').replace('command: node', `command: ${path}`);

it('a probe of what serves that falls due while a failed candidate is being stopped waits for that, and is not looked at all the time', async () => {
  const rig = await ControllerRig.start({ a: command('one') });
  await rig.run(9000);
  rig.driver.of('a').listError = new RpcError(RPC.internalError, 'no');
  rig.driver.of('a').stopMs = 60_000;
  rig.source.set({ a: command('two') });
  await rig.run(30_000);
  expect(rig.driver.observe('a')).toMatchObject([{ phase: 'running' }, { phase: 'stopping' }]);
  rig.driver.of('a').stopMs = 50;
  await rig.run(60_000);
  rig.driver.calls.length = 0;
  await rig.run(60_000);
  expect(rig.driver.calls).toContain('ping a');
});
