import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../src/shared/errors.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { sharedApi, testApi } from '../helpers/test-api.ts';

const json = { 'content-type': 'application/json' };
const apply = (payload: string | Buffer, headers: Record<string, string> = json) =>
  ({ method: 'POST', url: '/api/services/apply', payload, headers }) as const;

describe('refusals', () => {
  const shared = sharedApi();

  it('have one shape: error, code, details, requestId', async () => {
    const api = await testApi();
    const { status, headers, text, json } = await api.ask('/api/services/nobody');
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json).toEqual({
      error: 'there is no service "nobody"',
      code: 'NotFound',
      details: [],
      requestId: headers['x-request-id'],
    });
    expect(text).toBe(`${JSON.stringify(json, null, 2)}\n`);
  });

  it.each([
    ['a body that is no JSON', apply('{"manifest":'), 400, 'BadRequest'],
    ['null', apply('null'), 400, 'BadRequest'],
    ['an array', apply('[]'), 400, 'BadRequest'],
    ['a string', apply('"x"'), 400, 'BadRequest'],
    ['half a character', apply(Buffer.from([0x7b, 0x22, 0xc3, 0x22, 0x7d])), 400, 'BadRequest'],
    ['__proto__', apply('{"text":"","__proto__":{"x":1}}'), 400, 'BadRequest'],
    ['a million levels', apply(`{"manifest":${'['.repeat(1000)}${']'.repeat(1000)}}`), 400, 'BadRequest'],
    ['an unknown field', apply('{"text":"a: 1","forse":true}'), 400, 'BadRequest'],
    ['a wrong type', apply('{"text":1}'), 400, 'BadRequest'],
    ['neither text nor manifest', apply('{}'), 400, 'BadRequest'],
    ['both text and manifest', apply('{"text":"a: 1","manifest":{}}'), 400, 'BadRequest'],
    ['an empty body where something is needed', apply(''), 400, 'BadRequest'],
    ['a text of no document', apply('{"text":"# nothing"}'), 400, 'BadRequest'],
    ['a folder outside', apply('{"text":"a: 1","folder":"../x"}'), 400, 'BadRequest'],
    ['text/plain', apply('{"text":"a: 1"}', { 'content-type': 'text/plain' }), 415, 'UnsupportedMediaType'],
    ['a form', apply('text=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'UnsupportedMediaType'],
    ['no content type', apply('{"text":"a: 1"}', {}), 415, 'UnsupportedMediaType'],
    ['2 MiB', apply(`{"text":"${'x'.repeat(2 * 1024 * 1024)}"}`), 413, 'PayloadTooLarge'],
    ['an unknown route', { url: '/nowhere' }, 404, 'NotFound'],
    ['a trailing slash', { url: '/api/services/' }, 404, 'NotFound'],
    ['an empty path', { url: '//' }, 404, 'NotFound'],
    ['half an escape', { url: '/api/services/%E0%A4%A' }, 400, 'BadRequest'],
    ['an unknown query', { url: '/api/services?x=1' }, 400, 'BadRequest'],
    ['a wait that is no duration', { method: 'POST', url: '/api/services/files/start?wait=soon' }, 400, 'BadRequest'],
    ['a goal that is none', { url: '/api/services/files/wait?for=luck' }, 400, 'BadRequest'],
    ['an id beyond all measure', { url: `/api/services/${'x'.repeat(600)}` }, 414, 'BadRequest'],
  ] as const)('%s', async (_what, request, status, code) => {
    const answer = await shared().ask(request);
    expect([answer.status, answer.json.code, answer.json.details]).toEqual([status, code, expect.any(Array)]);
    expect(answer.text).not.toContain('node:');
    expect(shared().faults).toEqual([]);
  });

  it('names the methods that a path has', async () => {
    const api = await testApi();
    const { status, headers, json } = await api.ask({ method: 'PUT', url: '/api/services/files' });
    expect([status, json.code, headers.allow]).toEqual([405, 'MethodNotAllowed', 'DELETE, GET, HEAD']);
  });

  it('a 405 does not name a method whose route is there to refuse it', async () => {
    const gateway = {
      register: (app: FastifyInstance) => {
        app.post('/mcp', () => 'called');
        app.put('/mcp', { config: { refuses: true } }, (_request, reply) => reply.code(405).send());
      },
    };
    const api = await testApi({ gateway });
    const { status, headers } = await api.ask({ method: 'DELETE', url: '/mcp' });
    expect([status, headers.allow]).toEqual([405, 'POST']);
  });

  it('says where a body is wrong', async () => {
    const api = await testApi();
    const { json } = await api.ask(apply('{"text":1}'));
    expect(json.details).toEqual([{ in: 'body', path: '/text', message: 'must be string' }]);
  });

  it('an empty body is an empty object and needs no content type', async () => {
    const api = await testApi();
    expect((await api.ask({ method: 'POST', url: '/api/reconcile' })).status).toBe(200);
    expect((await api.ask({ method: 'POST', url: '/api/reconcile', headers: json })).status).toBe(200);
    expect((await api.ask({ method: 'POST', url: '/api/reconcile', headers: json, payload: 'null' })).status).toBe(400);
  });

  it('an invalid manifest is 422 with its diagnostics', async () => {
    const api = await testApi();
    const { status, json } = await api.ask(
      apply(JSON.stringify({ text: 'apiVersion: clarity.runtime/v1\nkind: Nope' })),
    );
    expect([status, json.code]).toEqual([422, 'ManifestInvalid']);
    expect(json.details[0]).toMatchObject({ severity: 'error', source: '', line: expect.any(Number) });
    expect(json.details[0].text).toMatch(/^error\[\w+\] services\.d\/fake\.yaml:\d+:\d+/);
  });

  it('a conflict is 409 with the patch, secrets masked', async () => {
    const api = await testApi();
    const patch = '@@ -1,2 +1,2 @@\n-env: [{name: A, value: hush}]\n+env: [{name: A, value: other}]';
    api.runtime.failure = new ClarityError('Conflict', 'files belongs to a person', { data: { patch } });
    const { status, json } = await api.ask({ method: 'POST', url: '/api/services/files/stop' });
    expect([status, json.code]).toEqual([409, 'Conflict']);
    expect(json.patch).toBe(patch.replace('hush', '********').replace('other', '********'));
  });

  it.each([
    [new ClarityError('TooManyRequests', 'slow down', { data: { retryAfterSeconds: 7 } }), 429, 'TooManyRequests', '7'],
    [new RpcError(RPC.timeout, 'too slow'), 503, 'UpstreamTimeout', undefined],
    [new RpcError(-32603, 'broken'), 503, 'UpstreamUnreachable', undefined],
  ])('%s', async (failure, status, code, retryAfter) => {
    const api = await testApi();
    api.runtime.failure = failure;
    const answer = await api.ask({ method: 'POST', url: '/api/services/files/introspect' });
    expect([answer.status, answer.json.code, answer.headers['retry-after']]).toEqual([status, code, retryAfter]);
    expect(api.faults).toEqual([]);
  });

  it('a fault of ours is 500, logged, and tells the caller nothing but the request id', async () => {
    const api = await testApi();
    const fault = new TypeError('secret detail');
    api.runtime.failure = fault;
    const { status, json, text, headers } = await api.ask({ method: 'POST', url: '/api/services/files/start' });
    expect([status, json.code, json.requestId]).toEqual([500, 'Internal', headers['x-request-id']]);
    expect(text).not.toContain('secret detail');
    expect(api.faults).toEqual([fault]);
  });
});
