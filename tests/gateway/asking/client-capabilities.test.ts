import { describe, expect, it } from 'vitest';
import { assertDeclared, relayedCapabilities } from '../../../src/gateway/sessions/client-capabilities.ts';
import type { Json, JsonObject } from '../../../src/shared/json.ts';

describe('what of a client is relayed', () => {
  it.each<[Json | undefined, JsonObject]>([
    [undefined, {}],
    ['all', {}],
    [{ experimental: { x: {} }, tasks: { list: {} }, sampling: null, roots: true, elicitation: [] }, {}],
    [{ sampling: {} }, { sampling: {} }],
    [{ sampling: { tools: { of: 'mine' }, context: {}, other: {} } }, { sampling: { context: {}, tools: {} } }],
    [{ sampling: { tools: true } }, { sampling: {} }],
    [{ elicitation: {} }, { elicitation: {} }],
    [{ elicitation: { form: {} } }, { elicitation: {} }],
    [{ elicitation: { form: { applyDefaults: true } } }, { elicitation: {} }],
    [{ elicitation: { url: {} } }, { elicitation: { url: {} } }],
    [{ elicitation: { url: {}, form: {} } }, { elicitation: { form: {}, url: {} } }],
    [{ roots: {} }, { roots: {} }],
    [{ roots: { listChanged: false } }, { roots: {} }],
    [{ roots: { listChanged: true, other: 1 } }, { roots: { listChanged: true } }],
  ])('%j', (declared, relayed) => {
    expect(JSON.stringify(relayedCapabilities(declared))).toBe(JSON.stringify(relayed));
  });

  it('is written alike whatever the order it was declared in', () => {
    const one = relayedCapabilities({
      roots: {},
      sampling: { tools: {}, context: {} },
      elicitation: { url: {}, form: {} },
    });
    const other = relayedCapabilities({
      elicitation: { form: {}, url: {} },
      sampling: { context: {}, tools: {} },
      roots: {},
    });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });
});

describe('what a client did not declare', () => {
  const form = { elicitation: {} };
  const url = { elicitation: { url: {} } };
  it.each<[JsonObject, string, JsonObject, number | undefined]>([
    [{}, 'sampling/createMessage', {}, -32601],
    [{}, 'elicitation/create', {}, -32601],
    [{}, 'elicitation/create', { mode: 'url' }, -32601],
    [{}, 'roots/list', {}, -32601],
    [{ roots: {}, sampling: {}, ...form }, 'tools/list', {}, -32601],
    [{ roots: {}, sampling: {}, ...form }, 'constructor', {}, -32601],
    [{ roots: {} }, 'roots/list', {}, undefined],
    [{ sampling: {} }, 'sampling/createMessage', { includeContext: 'allServers' }, undefined],
    [{ sampling: {} }, 'sampling/createMessage', { tools: [] }, -32602],
    [{ sampling: {} }, 'sampling/createMessage', { toolChoice: { mode: 'none' } }, -32602],
    [{ sampling: { tools: {} } }, 'sampling/createMessage', { tools: [], toolChoice: {} }, undefined],
    [form, 'elicitation/create', {}, undefined],
    [form, 'elicitation/create', { mode: 'form' }, undefined],
    [form, 'elicitation/create', { mode: 'url' }, -32602],
    [form, 'elicitation/create', { mode: 'voice' }, -32602],
    [form, 'elicitation/create', { mode: null }, -32602],
    [url, 'elicitation/create', { mode: 'url' }, undefined],
    [url, 'elicitation/create', {}, -32602],
    [url, 'elicitation/create', { mode: 'form' }, -32602],
    [{ elicitation: { form: {}, url: {} } }, 'elicitation/create', { mode: 'form' }, undefined],
  ])('%j is not asked %s %j', (capabilities, method, params, code) => {
    const check = () => assertDeclared(capabilities, method, params);
    if (code === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });
});
