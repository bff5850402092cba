import { describe, expect, it, vi } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import type { ServiceItem, ToolsetItem } from '../../src/wire/types.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

const BROKEN = TEXT.replace('name: files', 'name: broken').replace('team: docs', 'team: web');

async function fleet() {
  const api = await testApi();
  api.runtime.add(BROKEN, {
    status: {
      sync: 'OutOfSync',
      health: 'Degraded',
      restarts: 3,
      conditions: [
        condition('Ready', 'True', 'Serving', 'serving 1 tool'),
        condition('Synced', 'False', 'ManifestInvalid', 'services.d/broken.yaml:8:3 unknown field'),
      ],
    },
  });
  const url = await api.listen();
  return { api, on: (...argv: string[]) => cli(['--daemon-url', url, ...argv]) };
}

const condition = (type: 'Ready' | 'Synced', status: 'True' | 'False', reason: string, message: string) => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2026-01-01T00:00:00.000Z',
  observedGeneration: 3,
});

describe('get', () => {
  it('prints a table of the services, with the sentence that matters', async () => {
    const { on } = await fleet();
    const { code, stdout } = await on('get');
    expect(code).toBe(0);
    expect(stdout).toBe(`\
NAME    DRIVER       SYNC       READY  HEALTH    RESTARTS  REVISION      AGE  MESSAGE
files   local_stdio  Synced     True   Healthy   0         dir@sha256:1  60s  1 tool
broken  local_stdio  OutOfSync  True   Degraded  3         dir@sha256:1  60s  ManifestInvalid: services.d/broken.yaml:8:3 unknown field
`);
  });

  it.each([
    ['Healthy', 'Idle', 'asleep; 1 tool'],
    ['Suspended', 'Serving', 'suspended, and runs on as it is'],
  ] as const)('tells a service that is %s and %s apart from one that runs', async (health, reason, message) => {
    const { api, on } = await fleet();
    api.runtime.add(TEXT, { status: { health, conditions: [condition('Ready', 'True', reason, 'why')] } });
    expect((await on('get', 'files')).stdout).toContain(`  ${message}\n`);
  });

  it('-o wide adds where it comes from', async () => {
    const { on } = await fleet();
    expect((await on('get', '-o', 'wide', 'files')).stdout).toContain('services.d/files.yaml:1');
  });

  it('-o json: {items} of all, the item itself of one name', async () => {
    const { on } = await fleet();
    const all = JSON.parse((await on('get', '-o', 'json')).stdout) as { items: ServiceItem[] };
    expect(all.items.map(({ name, sync, ready }) => [name, sync, ready])).toEqual([
      ['files', 'Synced', 'True'],
      ['broken', 'OutOfSync', 'True'],
    ]);
    const one = JSON.parse((await on('get', 'files', '-o', 'json')).stdout) as ServiceItem;
    expect(one).toEqual(all.items[0]);
    const two = JSON.parse((await on('get', 'files', 'broken', '-o', 'json')).stdout) as { items: ServiceItem[] };
    expect(two).toEqual(all);
  });

  it('-o yaml and -o name', async () => {
    const { on } = await fleet();
    expect((await on('get', 'files', '-o', 'yaml')).stdout).toMatch(/^serviceId: svc_/);
    expect((await on('get', '-o', 'name')).stdout).toBe('service/files\nservice/broken\n');
  });

  it.each([
    [['-l', 'team=docs'], 'service/files\n'],
    [['services', '-l', 'team!=docs'], 'service/broken\n'],
    [['service', 'broken'], 'service/broken\n'],
    [['service/files'], 'service/files\n'],
    [['policies'], 'policy/default\n'],
    [['sources'], 'source/services\n'],
    [['tools'], 'tool/files__read\ntool/broken__read\n'],
    [['toolsets'], 'toolset/reading\n'],
    [['toolset', 'reading', '-l', 'team=docs'], 'toolset/reading\n'],
    [['all'], 'service/files\nservice/broken\npolicy/default\ntoolset/reading\nsource/services\n'],
  ])('%j selects', async (argv, expected) => {
    const { on } = await fleet();
    const { code, stdout } = await on('get', ...argv, '-o', 'name');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expected });
  });

  it('toolsets: how many of their services have tools there, wide what their list costs', async () => {
    const { on } = await fleet();
    expect((await on('get', 'toolsets')).stdout).toBe(`\
NAME     MODE  READY  SERVICES  TOOLS  PATH            MESSAGE
reading  list  True   1/1       1      /mcp/t/reading  services "gone" selects no declared service
`);
    expect((await on('get', 'toolsets', '-o', 'wide')).stdout).toMatch(/TOKENS[^]* 25 .*services\.d\/reading\.yaml:1/);
    const item = JSON.parse((await on('get', 'toolset', 'reading', '-o', 'json')).stdout) as ToolsetItem;
    expect(item).toMatchObject({ name: 'reading', ready: 'True', tools: 1, listed: { tools: 1, tokens: 25 } });
  });

  it('a name or a service id', async () => {
    const { on } = await fleet();
    const { serviceId } = JSON.parse((await on('get', 'files', '-o', 'json')).stdout) as ServiceItem;
    expect((await on('get', serviceId, '-o', 'name')).stdout).toBe('service/files\n');
  });

  it('a missing name among others: the others on stdout, the name on stderr, 1', async () => {
    const { on } = await fleet();
    expect(await on('get', 'files', 'ghost', '-o', 'name')).toEqual({
      code: 1,
      stdout: 'service/files\n',
      stderr: 'service "ghost" not found\n',
    });
  });

  it('nothing at all: a sentence on stderr, 0', async () => {
    const { api, on } = await fleet();
    api.runtime.views.clear();
    expect(await on('get')).toEqual({ code: 0, stdout: '', stderr: 'No services found.\n' });
    expect(await on('get', '-o', 'json')).toEqual({ code: 0, stdout: '{\n  "items": []\n}\n', stderr: '' });
  });

  it('says what is wrong in a file that shows in no row', async () => {
    const { api, on } = await fleet();
    const bad = TEXT.replace('name: files', 'name: oops').replace('type:', 'typo:');
    const findings = parseManifests('services.d/oops.yaml', bad).diagnostics;
    vi.spyOn(api.runtime, 'diagnostics').mockReturnValue([...findings]);
    const { code, stderr } = await on('get');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^services\.d\/oops\.yaml:\d+:\d+ /) });
    expect((await on('get', 'files')).stderr).toBe('');
    expect((await on('get', '-o', 'json')).stderr).toBe('');
  });

  it('list: the original’s JSON in a pipe, a table on a terminal', async () => {
    const api = await testApi();
    const argv = ['list', '--daemon-url', await api.listen(), '--no-color'];
    expect(JSON.parse((await cli(argv)).stdout)).toMatchObject({
      items: [{ displayName: 'Files', lifecycle: 'RUNNING' }],
    });
    expect((await cli(argv, { terminal: true })).stdout).toMatch(/^NAME +DRIVER/);
  });

  it('status: JSON in a pipe, sentences on a terminal', async () => {
    const api = await testApi();
    const argv = ['status', '--daemon-url', await api.listen(), '--no-color'];
    expect(JSON.parse((await cli(argv)).stdout)).toMatchObject({ summary: { total: 1 }, workspace: '/w' });
    expect((await cli(argv, { terminal: true })).stdout).toContain('services  1: 1 running');
  });
});
