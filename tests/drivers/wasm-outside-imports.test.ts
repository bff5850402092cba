import { describe, expect, it } from 'vitest';
import { importSignature } from '../../src/compiler/wasm/imports.ts';
import { BLOCKING, type Answer, type BlockingImport } from '../../src/drivers/wasm/blocking.ts';
import { blockingImports, type Ask } from '../../src/drivers/wasm/thread/blocking-imports.ts';
import { needOf } from '../../src/manifest/index.ts';
import { BLOCKING_IMPORTS } from '../../src/wasm-host/imports/blocking.ts';
import { err, none, ok, some } from '../helpers/clarity-values.ts';
import { failure, program } from '../wasm-host/rig.ts';

const SOURCE = `module Main
effect[Network, Time, Model, HumanInLoop, Eval, FileSystem] function get(url: String) -> Result<String, String> { http_get(url) }
effect[Network] function connect(url: String, headers: String) -> Result<Int64, String> { sse_connect(url, headers) }
effect[Network] function next(handle: Int64, ms: Int64) -> Option<String> { sse_next_event_timeout(handle, ms) }
function open() -> Int64 { mux_open() }
effect[Network] function close(handle: Int64) -> Unit { mux_close(handle) }
effect[Model] function models() -> List<String> { list_models() }
effect[HumanInLoop] function ask(key: String, question: String) -> String { hitl_ask(key, question) }
effect[Eval] function same(a: String, b: String) -> Result<Float64, String> { eval_semantic(a, b) }
`;

const asking = (ask: Ask) => program(SOURCE, {}, { imports: [blockingImports(ask)] });

describe('imports that wait', () => {
  it('are all known: carried out outside, or refused at start because they need a port', () => {
    const left = BLOCKING_IMPORTS.filter((name) => !(name in BLOCKING));
    expect(left.map((name) => [name, needOf(name)])).toEqual(left.map((name) => [name, 'port']));
    const offered = Object.keys(BLOCKING).filter((name) => !(BLOCKING_IMPORTS as readonly string[]).includes(name));
    expect(offered).toEqual(['sleep']); // the host has one of its own, which is given by whoever may block
  });

  it('have the parameters and the result of the ABI', () => {
    const wasm = { t: 'i32', i: 'i64' } as Record<string, string>;
    const results: Partial<Record<string, string[]>> = { unit: [], int: ['i64'] };
    for (const [name, { params, result }] of Object.entries(BLOCKING)) {
      const signature = importSignature(name)!;
      expect([name, [...signature.params]]).toEqual([name, Array.from(params, (kind) => wasm[kind])]);
      expect([name, [signature.result ?? []].flat()]).toEqual([name, results[result] ?? ['i32']]);
    }
  });

  it.each<[string, readonly (string | bigint)[], BlockingImport, Answer, unknown]>([
    ['get', ['http://a/ü'], 'http_get', { ok: 'bödy' }, ok('bödy')],
    ['get', [''], 'http_get', { err: 'no' }, err('no')],
    ['connect', ['u', '{}'], 'sse_connect', { ok: -(2n ** 63n) }, ok(-(2n ** 63n))],
    ['connect', ['u', '{}'], 'sse_connect', { err: 'none' }, err('none')],
    ['next', [7n, -1n], 'sse_next_event_timeout', 'event', some('event')],
    ['next', [7n, 0n], 'sse_next_event_timeout', undefined, none],
    ['open', [], 'mux_open', 12n, 12n],
    ['close', [12n], 'mux_close', undefined, undefined],
    ['models', [], 'list_models', ['a', 'b'], ['a', 'b']],
    ['ask', ['k', 'why?'], 'hitl_ask', 'so', 'so'],
    ['same', ['a', 'b'], 'eval_semantic', { ok: 0.25 }, ok(0.25)],
    ['same', ['a', 'b'], 'eval_semantic', { err: 'no model' }, err('no model')],
  ])('%s asks for what it was passed, and gives the answer back', (name, args, asked, answer, value) => {
    const calls: unknown[] = [];
    const instance = asking((...call) => {
      calls.push(call);
      return answer;
    });
    expect(instance.call(name, args)).toEqual(value);
    expect(calls).toEqual([[asked, args]]);
  });

  it('end the call where the answer is a trap, and where it does not fit', () => {
    const trapped = asking(() => ({ trap: 'The service may not do this.' }));
    expect(failure(() => trapped.call('close', [1n]))).toEqual({
      kind: 'failed-import',
      message: 'The service may not do this.',
    });
    const wrong: [string, readonly (string | bigint)[], Answer][] = [
      ['get', [''], { ok: 1n }],
      ['get', [''], 'text'],
      ['get', [''], undefined],
      ['connect', ['', ''], { ok: 1 }],
      ['next', [1n, 1n], { ok: 'x' }],
      ['open', [], undefined],
      ['close', [1n], 'x'],
      ['models', [], 'x'],
      ['ask', ['', ''], undefined],
      ['same', ['', ''], { ok: 1n }],
    ];
    for (const [name, args, answer] of wrong) {
      const { kind, message } = failure(() => asking(() => answer).call(name, args));
      expect([kind, message]).toEqual(['failed-import', expect.stringContaining('The host answered')]);
    }
  });

  it('pass nothing out that is larger than 8 MiB', () => {
    const instance = asking(() => ({ ok: 'asked' }));
    expect(instance.call('get', ['x'.repeat(2 ** 23)])).toEqual(ok('asked'));
    expect(instance.call('get', ['x'.repeat(2 ** 23 + 1)])).toEqual(err('`http_get` was passed more than 8 MiB.'));
    const trapped = failure(() => instance.call('ask', ['x'.repeat(2 ** 22), 'x'.repeat(2 ** 22 + 1)]));
    expect(trapped.message).toContain('more than 8 MiB');
  });
});
