import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { applyDefaults, declaredName, parseManifests, type ServiceManifest } from '../../src/manifest/index.ts';
import type { JsonObject } from '../../src/shared/json.ts';

const REMOTE = { type: 'remote_mcp', endpoint: 'https://mcp.example.com/v1/search?x=1' };
const STDIO = { type: 'local_stdio', command: 'npx' };
const id = (text: string) => `svc_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;

function identity(metadata: JsonObject, origin: JsonObject, spec: JsonObject = {}): unknown[] {
  const raw = { apiVersion: 'clarity.runtime/v1', kind: 'MCPService', metadata, spec: { ...spec, origin } };
  expect(parseManifests('a.json', JSON.stringify(raw)).documents).toHaveLength(1);
  const document = applyDefaults(raw) as ServiceManifest;
  const { name, module, sourceFile, serviceId } = document.metadata;
  return [name, module, document.spec.toolNamespace, sourceFile, serviceId];
}

describe('who a service is', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject, unknown[]]>([
    [
      'a name alone',
      { name: 'my-files' },
      STDIO,
      {},
      ['my-files', 'my-files', 'my_files', 'npx', id('npx|my-files|stdio:my-files')],
    ],
    [
      'a module alone',
      { module: 'My Files!' },
      STDIO,
      {},
      ['my-files', 'My Files!', 'my_files', 'npx', id('npx|My Files!|stdio:my-files')],
    ],
    [
      'name, module and namespace',
      { name: 'a', module: 'B' },
      STDIO,
      { toolNamespace: ' C c ' },
      ['a', 'B', 'c_c', 'npx', id('npx|B|stdio:a')],
    ],
    [
      'an endpoint',
      {},
      REMOTE,
      {},
      ['search', 'search', 'search', REMOTE.endpoint, id(`${REMOTE.endpoint}|search|${REMOTE.endpoint}`)],
    ],
    [
      'a host',
      {},
      { ...REMOTE, endpoint: 'https://mcp.example.com/' },
      {},
      [
        'mcp-example-com',
        'mcp.example.com',
        'mcp_example_com',
        'https://mcp.example.com/',
        id('https://mcp.example.com/|mcp.example.com|https://mcp.example.com/'),
      ],
    ],
    [
      'a source file',
      { sourceFile: 'src/Add.clarity' },
      { type: 'local_wasm' },
      {},
      ['add', 'Add', 'add', 'src/Add.clarity', id('src/Add.clarity|Add|.clarity/build/Add.wasm')],
    ],
    [
      'a wasm path',
      {},
      { type: 'local_wasm', wasmPath: 'b/add.wasm' },
      {},
      ['add', 'add', 'add', 'b/add.wasm', id('b/add.wasm|add|b/add.wasm')],
    ],
    [
      'the values of the original',
      { sourceFile: 's', module: 'M' },
      { type: 'local_wasm', wasmPath: 'w', entry: 'e' },
      {},
      ['m', 'M', 'm', 's', id('s|M|w')],
    ],
    ['a service id of its own', { name: 'a', serviceId: 'x' }, STDIO, {}, ['a', 'a', 'a', 'npx', 'x']],
    [
      'nothing but odd characters',
      { module: '···' },
      STDIO,
      {},
      ['service', '···', 'service', 'npx', id('npx|···|stdio:service')],
    ],
    [
      'a long namespace',
      { module: `${'a'.repeat(62)}_b` },
      STDIO,
      {},
      [
        'a'.repeat(62),
        `${'a'.repeat(62)}_b`,
        `${'a'.repeat(62)}_b`,
        'npx',
        id(`npx|${'a'.repeat(62)}_b|stdio:${'a'.repeat(62)}`),
      ],
    ],
  ])('comes from %s', (_, metadata, origin, spec, expected) => {
    expect(identity(metadata, origin, spec)).toEqual(expected);
  });

  it('does not depend on arguments, environment or an artifact', () => {
    const plain = identity({ name: 'a' }, STDIO)[4];
    expect(
      identity({ name: 'a', artifactSha256: 'ff' }, { ...STDIO, args: ['x'], env: [{ name: 'A', value: 'b' }] })[4],
    ).toBe(plain);
  });

  it.each<[string, JsonObject, string | undefined]>([
    ['an invalid service', { kind: 'MCPService', metadata: { name: 'No Good' }, spec: 3 }, 'No Good'],
    ['a service without metadata', { kind: 'MCPService', spec: { origin: REMOTE } }, 'search'],
    ['a policy', { kind: 'Policy', metadata: { name: 'p' } }, 'p'],
    ['nothing', {}, undefined],
    ['a policy without a name', { kind: 'Policy', metadata: [] }, undefined],
  ])('declares a name for %s', (_, raw, name) => {
    expect(declaredName(raw)).toBe(name);
  });
});
