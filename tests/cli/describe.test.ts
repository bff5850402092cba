import { describe, expect, it } from 'vitest';
import { asksOf } from '../../src/manifest/index.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

const message = 'the command "nope" was not found in PATH\nit is looked at again every 5 minutes';

async function crashed() {
  const api = await testApi();
  api.runtime.add(TEXT, {
    status: {
      health: 'Degraded',
      lifecycle: 'CRASHED',
      conditions: [
        {
          type: 'Stalled',
          status: 'True',
          reason: 'CommandNotFound',
          message,
          lastTransitionTime: '2026-01-01T00:00:00.000Z',
          observedGeneration: 3,
        },
      ],
      lastExit: { code: 3, signal: null, atMs: 1_700_000_000_000, stderrTail: ['boom', '\u001b[2Jgone'] },
    },
    view: {
      diagnostics: [
        {
          severity: 'error',
          code: 'ManifestInvalid',
          file: 'services.d/files.yaml',
          line: 8,
          column: 3,
          message: 'unknown field "enabeld"',
          text: 'error[ManifestInvalid] services.d/files.yaml:8:3\n  unknown field "enabeld"\n> 8 |   enabeld: true',
        },
      ],
    },
  });
  api.runtime.emit({ kind: 'service.failed', level: 'error', identity: 'files', message: 'it failed' });
  api.runtime.write('a log line');
  return ['--daemon-url', await api.listen()];
}

describe('describe', () => {
  it('is the same page in a pipe, in its order, with nothing cut', async () => {
    const daemon = await crashed();
    const { code, stdout } = await cli([...daemon, 'describe', 'files']);
    expect(code).toBe(0);
    const order = [
      'services.d/files.yaml:1 (services)',
      'dir@sha256:1',
      'Spec:',
      'local_stdio',
      'Plan:',
      'Conditions:',
      'CommandNotFound',
      'the command "nope" was not found in PATH',
      'it is looked at again every 5 minutes',
      'Last exit:',
      'code 3 at 2023-11-14',
      'boom',
      'Diagnostics:',
      'error[ManifestInvalid] services.d/files.yaml:8:3',
      '> 8 |   enabeld: true',
      'Interface:',
      'tools (1): read',
      'History:',
      'spec.origin.args',
      'Events:',
      'it failed',
      'Logs:',
      'a log line',
    ];
    const places = order.map((text) => stdout.indexOf(text));
    expect(order.filter((_, index) => places[index] === -1)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('never lets a server’s text reach the terminal raw', async () => {
    const { stdout } = await cli([...(await crashed()), 'describe', 'files']);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('\\u001b[2Jgone');
  });

  it('shows no secret', async () => {
    expect((await cli([...(await crashed()), 'describe', 'files', '-o', 'json'])).stdout).not.toContain('hush-hush');
  });

  it('-o json has the record, history, events and logs', async () => {
    const { stdout } = await cli([...(await crashed()), 'describe', 'files', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      service: { name: 'files', status: { lastExit: { code: 3 } } },
      history: expect.arrayContaining([expect.objectContaining({ generation: 2 })]),
      events: [{ message: 'it failed' }],
      logs: [{ text: 'a log line' }],
    });
  });

  it('shows what a module asks for, and the line that would grant what is refused', async () => {
    const api = await testApi();
    const text = `apiVersion: clarity.runtime/v1
kind: MCPService
metadata: { name: tool, sourceFile: tool.clarity }
spec: { origin: { type: local_wasm, capabilities: { fs: { read: [.] } } } }
`;
    const view = api.runtime.add(text);
    const asks = asksOf(['read_file', 'http_get', 'tty_read_key']);
    const artifact = { hash: 'sha256:a', path: '/c/a.wasm', asks };
    api.runtime.views.set('tool', { ...view, desired: { ...view.desired, artifact } });
    const daemon = ['--daemon-url', await api.listen()];
    const { stdout } = await cli([...daemon, 'describe', 'tool']);
    expect(stdout).toContain(
      [
        'Asks for:',
        '  net      refused  http_get',
        '    add spec.origin.capabilities.net: [HOST]',
        '  fs       granted  read_file',
        '  terminal refused  tty_read_key',
        '    no service has it',
      ].join('\n'),
    );
    const json = JSON.parse((await cli([...daemon, 'describe', 'tool', '-o', 'json'])).stdout) as object;
    expect(json).toMatchObject({ service: { asks: [{ need: 'net', granted: false }, { granted: true }, {}] } });
  });
});
