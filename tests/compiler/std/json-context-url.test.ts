import { describe } from 'vitest';

import { err, none, ok, some } from '../../helpers/clarity-values.ts';
import { stdRows } from './std-table.ts';

const CONTEXT = JSON.stringify({
  runId: 'r1',
  sessionId: 's1',
  serviceId: 'id',
  agent: 'pat',
  contextVersion: '1',
  messages: [{ role: 'user' }],
  history: { totalMessages: 3, usedMessages: 2, truncated: true },
  context: {
    task: 'do',
    instructions: { a: [] },
    userContext: 'u',
    retrieval: ['x'],
    conversation: 'c',
    runtimeState: { s: 1 },
    policy: { p: 1 },
    budget: { b: 1 },
    provenance: { v: 1 },
  },
});

describe('std/json', () => {
  stdRows('json', [
    ['get', ['{"k":1}', 'k'], some('1')],
    ['get', ['{"k":{"a":[1, 2]}}', 'k'], some('{"a":[1,2]}')],
    ['get', ['{"k":null}', 'k'], none],
    ['get', ['no json', 'k'], none],
    ['get_or', ['{}', 'k', 'z'], 'z'],
    ['get_or', ['{"k":"v"}', 'k', 'z'], 'v'],
    ['get_nested', ['{"a":[{"b":"c"}]}', 'a.0.b'], some('c')],
    ['get_nested', ['{"a":[]}', 'a.0'], none],
    ['get_nested_or', ['{"a":{}}', 'a.b', 'z'], 'z'],
    ['obj_keys', ['{"b":1,"a":2}'], ['b', 'a']],
    ['obj_keys', ['[1]'], []],
    ['arr_len', ['[1,2]'], 2n],
    ['arr_len', ['{}'], 0n],
    ['arr_get', ['["a",{"b":1}]', 1n], some('{"b":1}')],
    ['arr_get', ['["a"]', 1n], none],
    ['arr_get', ['["a"]', -1n], none],
    ['arr_get_or', ['["a"]', 0n, 'z'], 'a'],
    ['arr_get_or', ['x', 0n, 'z'], 'z'],
    ['escape', ['a"\n'], 'a\\"\\n'],
    ['quote', ['a"b'], '"a\\"b"'],
    ['quote', [''], '""'],
    ['obj2', ['a', 'q"q', 'b', ''], '{"a":"q\\"q","b":""}'],
  ]);
});

describe('std/context of a full context', () => {
  stdRows('context', [
    ['get_run_id', [CONTEXT], 'r1'],
    ['get_session_id', [CONTEXT], 's1'],
    ['get_service_id', [CONTEXT], 'id'],
    ['get_agent_name', [CONTEXT], 'pat'],
    ['get_context_version', [CONTEXT], '1'],
    ['get_messages_json', [CONTEXT], some('[{"role":"user"}]')],
    ['get_history_json', [CONTEXT], some('{"totalMessages":3,"usedMessages":2,"truncated":true}')],
    ['get_history_total', [CONTEXT], '3'],
    ['get_history_used', [CONTEXT], '2'],
    ['get_history_truncated', [CONTEXT], true],
    ['get_task', [CONTEXT], 'do'],
    ['get_instructions', [CONTEXT], '{"a":[]}'],
    ['get_user_context', [CONTEXT], 'u'],
    ['get_retrieval', [CONTEXT], '["x"]'],
    ['get_conversation_summary', [CONTEXT], 'c'],
    ['get_runtime_state', [CONTEXT], '{"s":1}'],
    ['get_policy', [CONTEXT], '{"p":1}'],
    ['get_budget', [CONTEXT], '{"b":1}'],
    ['get_provenance', [CONTEXT], '{"v":1}'],
    ['has_context', [CONTEXT], true],
  ]);
});

describe.each(['{}', '[]', ''])('std/context of %j', (json) => {
  const empty = 'run_id session_id service_id agent_name context_version task instructions user_context'.split(' ');
  stdRows('context', [
    ...[...empty, 'conversation_summary'].map((name) => [`get_${name}`, [json], ''] as const),
    ...['runtime_state', 'policy', 'budget', 'provenance'].map((name) => [`get_${name}`, [json], '{}'] as const),
    ['get_messages_json', [json], none],
    ['get_history_json', [json], none],
    ['get_history_total', [json], '0'],
    ['get_history_used', [json], '0'],
    ['get_history_truncated', [json], false],
    ['get_retrieval', [json], '[]'],
    ['has_context', [json], false],
  ]);
});

describe('std/result', () => {
  stdRows('result', [
    ['unwrap_or', [ok('v'), 'z'], 'v'],
    ['unwrap_or', [err('e'), 'z'], 'z'],
    ['is_ok', [ok('')], true],
    ['is_ok', [err('')], false],
    ['error_of', [ok('v')], ''],
    ['error_of', [err('e')], 'e'],
  ]);
});

describe('std/url', () => {
  stdRows('url', [
    ['encode', ['a b&c/ü'], 'a%20b%26c%2F%C3%BC'],
    ['decode', ['a%20b%C3%BC'], 'a bü'],
    ['decode', ['100%'], '100%'],
    ['query_pair', ['a b', '1/2'], 'a%20b=1%2F2'],
    ['query_string', [[]], ''],
    ['query_string', [['a=1']], 'a=1'],
    ['query_string', [['a=1', 'b=2', 'c=3']], 'a=1&b=2&c=3'],
    ['query_string', [['', '', 'a=1', '', 'b=2']], 'a=1&&b=2'],
  ]);
});
