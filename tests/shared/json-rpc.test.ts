import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyMessage, RPC, RpcError } from '../../src/shared/json-rpc.ts';

const v = { jsonrpc: '2.0' };
const error = { code: -32601, message: 'Method not found' };

describe('classifyMessage', () => {
  it.each([
    ['request', { ...v, id: 1, method: 'ping' }],
    ['request', { ...v, id: 0, method: 'ping', params: {} }],
    ['request', { ...v, id: '', method: 'ping', _extra: true }],
    ['notification', { ...v, method: 'notifications/initialized' }],
    ['response', { ...v, id: 0, result: {} }],
    ['response', { ...v, id: 'a', error }],
    ['response', { ...v, id: null, error }],
  ])('a %s: %j', (kind, message) => {
    expect(classifyMessage(message)).toEqual({ kind, message });
  });

  it.each([
    ['not an object', [v]],
    ['null', null],
    ['another version', { jsonrpc: '1.0', id: 1, method: 'ping' }],
    ['no version', { id: 1, method: 'ping' }],
    ['a null id in a request', { ...v, id: null, method: 'ping' }],
    ['an object as id', { ...v, id: {}, method: 'ping' }],
    ['an id that is no number', { ...v, id: Number.NaN, method: 'ping' }],
    ['positional params', { ...v, id: 1, method: 'ping', params: [] }],
    ['a method that is no text', { ...v, id: 1, method: 7 }],
    ['a result that is no object', { ...v, id: 1, result: 'ok' }],
    ['a result without an id', { ...v, result: {} }],
    ['a result for a null id', { ...v, id: null, result: {} }],
    ['an error without a message', { ...v, id: 1, error: { code: 1 } }],
    ['an error whose code is text', { ...v, id: 1, error: { code: '1', message: 'x' } }],
    ['neither', { ...v, id: 1 }],
  ])('%s is no message', (_, value) => expect(classifyMessage(value)).toBeUndefined());

  it('never throws, whatever arrives', () => {
    fc.assert(fc.property(fc.anything(), (value) => void classifyMessage(value)));
  });

  it('hands the message on as it came, and only what says 2.0', () => {
    const field = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const shape = fc.record(
      {
        jsonrpc: fc.constantFrom('2.0', '1.0'),
        id: field(fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.object())),
        method: field(fc.string()),
        params: field(fc.object()),
        result: field(fc.object()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, (value) => {
        const sorted = classifyMessage(value);
        if (sorted === undefined) return;
        expect(sorted.message).toBe(value);
        expect(value.jsonrpc).toBe('2.0');
      }),
    );
  });
});

describe('RpcError', () => {
  it('keeps code, message and data, and has no data where there was none', () => {
    expect(new RpcError(-32042, 'sign in', { url: 'https://a.example' }).toBody()).toEqual({
      code: -32042,
      message: 'sign in',
      data: { url: 'https://a.example' },
    });
    expect(new RpcError(RPC.timeout, 'late').toBody()).toStrictEqual({ code: -32001, message: 'late' });
  });

  it('stays out of the numbers that the specification owns', () => {
    const reserved = Object.values(RPC).filter((code) => code <= -32020 && code >= -32099);
    expect(reserved).toEqual([]);
  });
});
