import { describe, expect, it } from 'vitest';

import type { ClarityValue } from '../../../src/wasm-host/value.ts';
import { err, none, ok, some } from '../../helpers/clarity-values.ts';
import { runStd, type Script } from './std-module.ts';

const JSON_TYPE = '{"Content-Type":"application/json"}';
const BEARER = '{"Authorization":"Bearer t\\"k"}';
const BOTH = '{"Content-Type":"application/json","Authorization":"Bearer t\\"k"}';
const TOKEN = 't"k';

interface Row {
  readonly module: string;
  readonly name: string;
  readonly args: readonly ClarityValue[];
  readonly script: Script;
  /** The calls of builtins. */
  readonly calls: readonly (readonly unknown[])[];
  readonly result: ClarityValue;
}

const answers = (names: string): Script => Object.fromEntries(names.split(' ').map((name) => [name, () => 'answer']));

const rows: Row[] = [];
/** The function calls one builtin with these arguments and gives its answer. */
function wraps(
  module: string,
  name: string,
  args: readonly ClarityValue[],
  builtin: string,
  ...passed: unknown[]
): void {
  rows.push({ module, name, args, script: answers(builtin), calls: [[builtin, ...passed]], result: ok('answer') });
}
function row(
  module: string,
  name: string,
  args: readonly ClarityValue[],
  script: Script,
  calls: Row['calls'],
  result: ClarityValue,
): void {
  rows.push({ module, name, args, script, calls, result });
}

wraps('a2a', 'discover', ['u'], 'a2a_discover', 'u');
wraps('a2a', 'submit', ['u', 'm'], 'a2a_submit', 'u', 'm');
wraps('a2a', 'poll', ['u', 'id'], 'a2a_poll', 'u', 'id');
wraps('a2a', 'cancel', ['u', 'id'], 'a2a_cancel', 'u', 'id');
for (const [name, word] of Object.entries({ is_done: 'completed', is_failed: 'failed', is_canceled: 'canceled' })) {
  row('a2a', name, [`{"status":"${word}"}`], {}, [], true);
  row('a2a', name, [`{"status":"working","text":"not ${word} yet"}`], {}, [], false);
}
row('a2a', 'unwrap_output', ['{"output":"o"}'], {}, [], 'o');
row('a2a', 'unwrap_output', ['{}'], {}, [], '');

wraps('http', 'get', ['u'], 'http_get', 'u');
wraps('http', 'get_with_auth', ['u', TOKEN], 'http_request', 'GET', 'u', BEARER, '');
wraps('http', 'get_auth', ['u', TOKEN], 'http_request', 'GET', 'u', BEARER, '');
wraps('http', 'post', ['u', 'b'], 'http_post', 'u', 'b');
wraps('http', 'post_json', ['u', 'b'], 'http_request', 'POST', 'u', JSON_TYPE, 'b');
wraps('http', 'post_json_with_auth', ['u', TOKEN, 'b'], 'http_request', 'POST', 'u', BOTH, 'b');
wraps('http', 'post_json_auth', ['u', TOKEN, 'b'], 'http_request', 'POST', 'u', BOTH, 'b');
wraps('http', 'put_json', ['u', 'b'], 'http_request', 'PUT', 'u', JSON_TYPE, 'b');
wraps('http', 'patch_json', ['u', 'b'], 'http_request', 'PATCH', 'u', JSON_TYPE, 'b');
wraps('http', 'delete', ['u'], 'http_request', 'DELETE', 'u', '{}', '');
wraps('http', 'request', ['M', 'u', '{"a":"b"}', 'b'], 'http_request', 'M', 'u', '{"a":"b"}', 'b');
wraps('http', 'get_full', ['u'], 'http_request_full', 'GET', 'u', '{}', '');
wraps('http', 'get_auth_full', ['u', TOKEN], 'http_request_full', 'GET', 'u', BEARER, '');
wraps('http', 'post_json_full', ['u', 'b'], 'http_request_full', 'POST', 'u', JSON_TYPE, 'b');
wraps('http', 'post_json_auth_full', ['u', TOKEN, 'b'], 'http_request_full', 'POST', 'u', BOTH, 'b');
wraps('http', 'request_full', ['M', 'u', '{}', 'b'], 'http_request_full', 'M', 'u', '{}', 'b');
const body = () => '{"name":"n"}';
row('http', 'get_json_field', ['u', 'name'], { http_get: body }, [['http_get', 'u']], ok('n'));
row('http', 'get_json_field', ['u', 'x'], { http_get: body }, [['http_get', 'u']], err('field not found: x'));
row('http', 'get_json_field', ['u', 'x'], { http_get: () => ({ err: 'off' }) }, [['http_get', 'u']], err('off'));

wraps('llm', 'prompt', ['t'], 'call_model', 'gpt-4o-mini', 't');
wraps('llm', 'prompt_with', ['m', 't'], 'call_model', 'm', 't');
wraps('llm', 'chat', ['m', 's', 'u'], 'call_model_system', 'm', 's', 'u');
wraps('llm', 'prompt_with_system', ['s', 'u'], 'call_model_system', 'gpt-4o-mini', 's', 'u');

row('mcp', 'connect', ['u'], { mcp_connect: () => 4n }, [['mcp_connect', 'u']], ok(4n));
wraps('mcp', 'list_tools', [4n], 'mcp_list_tools', 4n);
wraps('mcp', 'call_tool', [4n, 't', '{"a":1}'], 'mcp_call_tool', 4n, 't', '{"a":1}');
wraps('mcp', 'call_tool_no_args', [4n, 't'], 'mcp_call_tool', 4n, 't', '{}');
row('mcp', 'disconnect', [4n], answers('mcp_disconnect'), [['mcp_disconnect', 4n]], undefined);

row('sse', 'connect', ['u'], { sse_connect: () => 4n }, [['sse_connect', 'u', '{}']], ok(4n));
row('sse', 'connect_auth', ['u', TOKEN], { sse_connect: () => 4n }, [['sse_connect', 'u', BEARER]], ok(4n));
row(
  'sse',
  'connect_headers',
  ['u', '{"a":"b"}'],
  { sse_connect: () => 4n },
  [['sse_connect', 'u', '{"a":"b"}']],
  ok(4n),
);
row('sse', 'next_event', [4n], answers('sse_next_event'), [['sse_next_event', 4n]], some('answer'));
row(
  'sse',
  'next_event_timeout',
  [4n, 9n],
  { sse_next_event_timeout: () => undefined },
  [['sse_next_event_timeout', 4n, 9n]],
  none,
);
row('sse', 'close', [4n], answers('sse_close'), [['sse_close', 4n]], undefined);

row('eval', 'exact', ['a', 'a'], {}, [], true);
row('eval', 'exact', ['a', 'A'], {}, [], false);
row('eval', 'has_match', ['abc', 'b'], {}, [], true);
row('eval', 'has_match', ['abc', 'x'], {}, [], false);
row('eval', 'semantic', ['a', 'b'], { eval_semantic: () => 0.5 }, [['eval_semantic', 'a', 'b']], ok(0.5));
wraps('eval', 'judge', ['m', 'p', 'r', 'rub'], 'eval_llm_judge', 'm', 'p', 'r', 'rub');
const judged = [['eval_llm_judge', 'm', 'p', 'r', 'rub']];
for (const [verdict, passes] of [['{"pass":true}', true], ['{"pass":false}', false], ['{}', false], ['?', false]] as const)
  row('eval', 'pass', ['m', 'p', 'r', 'rub'], { eval_llm_judge: () => verdict }, judged, passes); // prettier-ignore
row('eval', 'pass', ['m', 'p', 'r', 'rub'], { eval_llm_judge: () => ({ err: 'off' }) }, judged, false);

row(
  'rag',
  'retrieve',
  ['q', 'abc', 2n, 5n],
  answers('embed_and_retrieve'),
  [['embed_and_retrieve', 'q', '["ab","c"]', 5n]],
  ok('answer'),
);
row('rag', 'chunk', ['abc', 2n], {}, [], '["ab","c"]');
row('rag', 'chunk', ['abc', 0n], {}, [], '["a","b","c"]');
wraps('rag', 'embed', ['t'], 'embed_text', 't');
row('rag', 'similarity', ['[1,0]', '[1,0]'], {}, [], 1);
row('rag', 'similarity', ['[1,0]', 'x'], {}, [], 0);

row('hitl', 'ask', ['k', 'q'], answers('hitl_ask'), [['hitl_ask', 'k', 'q']], 'answer');
for (const reply of ['yes', 'y', 'Yes', 'Y', 'true'])
  row('hitl', 'confirm', ['k', 'q'], { hitl_ask: () => reply }, [['hitl_ask', 'k', 'q (yes/no)']], true);
for (const reply of ['no', '', 'YES', '[hitl_ask timeout]'])
  row('hitl', 'confirm', ['k', 'q'], { hitl_ask: () => reply }, [['hitl_ask', 'k', 'q (yes/no)']], false);

/** Streams: the tokens, then how it is closed. */
function stream(tokens: readonly string[], closing: string): Script {
  const left = [...tokens];
  return { stream_start: () => 7n, stream_next: () => left.shift(), stream_close: () => closing };
}
const read = (count: number) => Array.from({ length: count + 1 }, () => ['stream_next', 7n]);
const calls = (system: string, count: number) => [
  ['stream_start', 'm', 'p', system],
  ...read(count),
  ['stream_close', 7n],
];
row('stream', 'call', ['m', 'p'], stream(['a', 'b'], ''), calls('', 2), ok('ab'));
row('stream', 'call', ['m', 'p'], stream([], ''), calls('', 0), ok(''));
row('stream', 'call_with_system', ['m', 's', 'p'], stream(['a'], 'cut off'), calls('s', 1), err('cut off'));
row(
  'stream',
  'call',
  ['m', 'p'],
  { ...stream([], ''), stream_start: () => ({ err: 'no' }) },
  [['stream_start', 'm', 'p', '']],
  err('no'),
);

describe('what wraps the host', () => {
  it.each(rows.map((each) => ({ ...each, title: `${each.module}.${each.name}` })))('$title', (each) => {
    const run = runStd(each.module, each.script);
    expect(run.instance.call(each.name, each.args)).toEqual(each.result);
    expect(run.calls).toEqual(each.calls);
  });
});
