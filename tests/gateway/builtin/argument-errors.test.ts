import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/shared/json.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';

const CASES: readonly (readonly [tool: string, args: JsonObject, says: string])[] = [
  [
    'runtime__get_service',
    {},
    'the argument "service_id" is missing (Name or id of the service, as runtime__list_services tells it.)',
  ],
  ['runtime__get_service', { serviceId: 'a', service_id: 'a' }, 'no argument "serviceId"; did you mean "service_id"?'],
  ['runtime__get_logs', { service_id: 'files', count: 3 }, 'no argument "count"; it takes service_id, limit'],
  ['runtime__list_services', { all: true }, 'no argument "all"; it takes none'],
  ['runtime__get_logs', { service_id: 7 }, 'the argument "service_id" must be text'],
  ['runtime__get_logs', { service_id: ' ' }, 'must be a text that is not blank'],
  ['runtime__get_logs', { service_id: 'files', limit: 'many' }, 'the argument "limit" must be a whole number'],
  ['runtime__get_logs', { service_id: 'files', limit: 0 }, 'the argument "limit" must be at least 1'],
  ['runtime__get_logs', { service_id: 'files', limit: 2001 }, 'must be at most 2000'],
  [
    'runtime__register_remote',
    { endpoint: 'http://h/m', transport: 'carrier_pigeon' },
    'the argument "transport" must be one of "streamable_http", "sse_http"',
  ],
  ['runtime__register_remote', { endpoint: 'http://h/m', max_payload_bytes: 9 }, 'must be at least 1024'],
  ['runtime__register_stdio', { name: 'A B', command: 'x' }, 'the argument "name" must be a text of the form'],
  ['runtime__register_stdio', { name: 'a', command: 'x', args: ['y', 1] }, 'the argument "args.1" must be text'],
  ['runtime__register_stdio', { name: 'a', command: 'x', env: { PORT: 1 } }, 'the argument "env.PORT" must be text'],
  ['runtime__apply_manifest', { manifest: 'kind: MCPService' }, 'the argument "manifest" must be an object'],
  ['clarity__bootstrap_app', { project_name: '..' }, 'the argument "project_name" must be a text of the form'],
  ['clarity__sources', { recursive: 'yes' }, 'the argument "recursive" must be true or false'],
];

describe('arguments that are wrong', () => {
  const shared = new BuiltinRig();
  it.each(CASES)('%s %j: -32602 says what is expected', async (tool, args, says) => {
    const { error } = await shared.call(tool, args);
    expect(error).toMatchObject({ code: -32602, data: { tool } });
    expect(error?.message).toContain(says);
  });

  it('are all named at once', async () => {
    const { error } = await shared.call('runtime__get_logs', { service_id: 1, limit: 'x', more: true });
    expect(error?.data.problems.map(({ argument }: any) => argument).sort()).toEqual(['limit', 'more', 'service_id']);
  });

  it('are not those by which clients of the original name their run', async () => {
    const given = { service_id: 'files', run_id: 'r', traceId: 't', session_id: 's', correlationId: 'c' };
    expect((await shared.call('runtime__get_logs', given)).json).toMatchObject({ lines: [] });
  });

  it('of a tool behind a shut gate are not looked at: how it is opened comes first', async () => {
    const rig = new BuiltinRig({ provisioning: { enabled: false, approval: 'none' } });
    for (const name of ['runtime__register_stdio', 'runtime__set_auth_secret', 'clarity__bootstrap_app']) {
      const { texts, isError, error } = await rig.call(name, { what: 'ever' });
      expect([isError, error]).toEqual([true, undefined]);
      expect(texts[0]).toContain('CLARITY_ENABLE_MCP_PROVISIONING=1');
    }
    expect(rig.runtime.asked).toEqual([]);
  });

  it('a name that no tool has is -32602', async () => {
    expect((await shared.call('runtime__fly')).error).toMatchObject({ code: -32602 });
  });
});
