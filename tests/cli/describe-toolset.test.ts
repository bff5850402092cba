import { expect, it } from 'vitest';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

it('describe toolset/NAME tells its address, what does nothing, its services and its tools', async () => {
  const api = await testApi();
  const url = await api.listen();
  const { code, stdout } = await cli(['--daemon-url', url, 'describe', 'toolset/reading']);
  expect(code).toBe(0);
  const order = [
    `${url}/mcp/t/reading`,
    'True (Serving)',
    'services.d/reading.yaml:1 (services)',
    '1 tool, about 25 tokens',
    'Warnings:',
    'services "gone" selects no declared service',
    'Services:\n  SERVICE  SERVED  TOOLS\n  files    yes     1',
    'Tools:',
    'cat   files    read      25',
  ];
  let rest = stdout;
  for (const text of order) {
    expect(rest).toContain(text);
    rest = rest.slice(rest.indexOf(text) + text.length);
  }
  expect(await cli(['--daemon-url', url, 'describe', 'toolset/ghost'])).toMatchObject({ code: 1, stdout: '' });
  const deleted = await cli(['--daemon-url', url, 'delete', 'toolset/reading']);
  expect(deleted.stdout).toBe('toolset/reading deleted\n');
  expect(api.runtime.asked).toEqual([['removeToolset', 'reading', { force: false }]]);
});
