import { expect, it } from 'vitest';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

async function setting() {
  const api = await testApi();
  const url = await api.listen();
  return { runtime: api.runtime, on: (...argv: string[]) => cli(['--daemon-url', url, 'events', ...argv]) };
}

it('--since leaves out what is older', async () => {
  const { runtime, on } = await setting();
  runtime.emit({ message: 'long ago', at: new Date(Date.now() - 3_600_000).toISOString() });
  runtime.emit({ message: 'just now', at: new Date().toISOString(), count: 7 });
  const { stdout } = await on('--since', '10m');
  expect(stdout).not.toContain('long ago');
  expect(stdout).toContain('just now (7 times)');
});

it('of one service also when it is gone; of one that never was: 1', async () => {
  const { runtime, on } = await setting();
  runtime.emit({ message: 'it went', identity: 'gone' });
  expect((await on('gone')).stdout).toContain('it went');
  expect(await on('nobody')).toMatchObject({ code: 1, stderr: expect.stringContaining('no service "nobody"') });
});
