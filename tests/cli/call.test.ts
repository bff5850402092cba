import type { FastifyInstance, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { InterfaceSnapshot, ServiceStatus } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

const text = (value: string): JsonObject => ({ type: 'text', text: value });

const INT64 = { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?\\d+$' }] };

interface Posted {
  readonly path: string;
  readonly body: { readonly params: JsonObject };
}

/** A daemon whose gateway answers each POST with `reply`. */
async function setting(reply: JsonObject | string, spec = '', status: Partial<ServiceStatus> = {}) {
  const posted: Posted[] = [];
  const register = (app: FastifyInstance) => {
    app.post('/mcp/s/:name', (request: FastifyRequest) => {
      posted.push({ path: request.url, body: request.body as Posted['body'] });
      return typeof reply === 'string'
        ? new Response(reply, { headers: { 'content-type': 'text/event-stream' } })
        : reply;
    });
  };
  const api = await testApi({ gateway: { register } });
  const view = api.runtime.add(TEXT.replace('spec:\n', `spec:\n${spec}`), { status });
  const tools = [
    {
      name: 'read__file',
      inputSchema: {
        type: 'object',
        properties: { path: { type: 'string' }, limit: { type: 'integer' } },
        required: ['path'],
      },
    },
    { name: 'fn__add', inputSchema: { type: 'object', properties: { a: INT64, b: INT64 }, required: ['a', 'b'] } },
  ];
  api.runtime.views.set('files', { ...view, interface: { ...(view.interface as InterfaceSnapshot), tools } });
  const url = await api.listen();
  return { posted, on: (...argv: readonly string[]) => cli(['--daemon-url', url, 'call', ...argv]) };
}

const result = (value: JsonObject): JsonObject => ({ jsonrpc: '2.0', id: 1, result: value });

describe('call', () => {
  it('posts the server’s own name with typed arguments, and prints the text', async () => {
    const { posted, on } = await setting(result({ content: [text('line 1\n'), text('line 2')] }));
    const { code, stdout } = await on('files', 'read__file', '--arg', 'path=a.txt', 'limit=5');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'line 1\n\nline 2\n' });
    expect(posted).toMatchObject([
      {
        path: '/mcp/s/files',
        body: { method: 'tools/call', params: { name: 'read__file', arguments: { path: 'a.txt', limit: 5 } } },
      },
    ]);
  });

  it.each([
    ['files__read__file', ''],
    ['ns__read__file', '  toolNamespace: ns\n'],
    ['files__cat', '  tools: { rename: { read__file: cat } }\n'],
  ])('accepts the listed name %s', async (name, spec) => {
    const { posted, on } = await setting(result({ content: [] }), spec);
    expect((await on('files', name, '--json', '{"path":"x"}')).code).toBe(0);
    expect(posted[0]?.body.params.name).toBe('read__file');
  });

  it.each([['add'], ['fn__add'], ['files__fn__add']])('accepts %s of a Clarity function', async (name) => {
    const { posted, on } = await setting(result({ content: [] }));
    expect((await on('files', name, '--arg', 'a=2', 'b=9007199254740993')).code).toBe(0);
    // As a number the second would be another one.
    expect(posted[0]?.body.params).toEqual({ name: 'fn__add', arguments: { a: 2, b: '9007199254740993' } });
  });

  it('passes a name on that the interface does not hold: the server decides', async () => {
    const { posted, on } = await setting({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32602, message: 'Unknown tool: nope' },
    });
    const { code, stderr } = await on('files', 'nope', '--arg', 'a=1');
    expect(code).toBe(1);
    expect(stderr).toContain('Unknown tool: nope (JSON-RPC error -32602)');
    expect(posted[0]?.body.params).toEqual({ name: 'nope', arguments: { a: 1 } });
  });

  it.each([
    ['STOPPED', 'True', 'Idle', 'Unknown tool: nope'],
    ['QUARANTINED', 'False', 'CrashLoop', 'service files does not run: CrashLoop: why'],
    ['RUNNING', 'False', 'RolledBack', 'Unknown tool: nope'],
  ] as const)(
    'a refusal of one that is %s, Ready=%s %s says what matters',
    async (lifecycle, status, reason, words) => {
      const refusal = { jsonrpc: '2.0', id: 1, error: { code: -32602, message: 'Unknown tool: nope' } };
      const ready = {
        type: 'Ready',
        status,
        reason,
        message: 'why',
        lastTransitionTime: '',
        observedGeneration: 1,
      } as const;
      const { on } = await setting(refusal, '', { lifecycle, conditions: [ready] });
      expect((await on('files', 'nope')).stderr).toContain(words);
    },
  );

  it.each([
    [['--arg', 'paht=x'], 'there is no argument paht'],
    [['--arg', 'limit=5'], 'argument path is missing'],
    [['--arg', 'path=x', 'limit=many'], 'argument limit must be integer'],
    [['--json', '[]'], 'must be a JSON object'],
  ])('%j: 2 and nothing is called', async (argv, message) => {
    const { posted, on } = await setting(result({ content: [] }));
    const { code, stderr } = await on('files', 'read__file', ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(posted).toEqual([]);
  });

  it('1 where the tool failed, its text on stdout', async () => {
    const { on } = await setting(result({ content: [text('no such file')], isError: true }));
    expect(await on('files', 'read__file', '--arg', 'path=x')).toEqual({
      code: 1,
      stdout: 'no such file\n',
      stderr: '',
    });
  });

  it('reads an answer that comes as events, after notifications', async () => {
    const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: {} };
    const events = [progress, result({ content: [text('done')] })].map(
      (each) => `event: message\ndata: ${JSON.stringify(each)}\n\n`,
    );
    const { on } = await setting(`: hello\n\n${events.join('')}`);
    expect((await on('files', 'read__file', '--arg', 'path=x')).stdout).toBe('done\n');
  });

  it('1 where a stream ends without an answer', async () => {
    const { on } = await setting(': hello\n\n');
    const { code, stderr } = await on('files', 'read__file', '--arg', 'path=x');
    expect(code).toBe(1);
    expect(stderr).toContain('ended before');
  });

  it('names what is no text, and never lets a server’s text reach the terminal raw', async () => {
    const content = [
      { type: 'image', mimeType: 'image/png', data: 'AAAA' },
      { type: 'resource_link', uri: 'file:///a', name: 'a' },
      { type: 'resource', resource: { uri: 'file:///b', text: 'inside' } },
      text('\u001b[2J\u009bgone'),
    ];
    const { on } = await setting(result({ content }));
    const { stdout } = await on('files', 'read__file', '--arg', 'path=x');
    expect(stdout).toBe(
      [
        '[image image/png, 3 bytes; -o json shows it]',
        '[resource file:///a a]',
        'inside',
        '\\u001b[2J\\u009bgone',
        '',
      ].join('\n'),
    );
  });

  it('-o json is the whole result', async () => {
    const whole = { content: [text('{}')], structuredContent: { a: 1 }, _meta: { x: 1 } };
    const { on } = await setting(result(whole));
    expect(JSON.parse((await on('files', 'read__file', '--arg', 'path=x', '-o', 'json')).stdout)).toEqual(whole);
  });
});
