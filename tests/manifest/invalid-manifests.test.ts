import { describe, expect, it } from 'vitest';
import { explain, parseManifests } from '../../src/manifest/index.ts';

const HEAD = 'apiVersion: clarity.runtime/v1\nkind: MCPService\n';
const STDIO = `${HEAD}metadata: {name: a}\nspec:\n  origin: {type: local_stdio, command: x}\n`;
const POLICY = 'apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata: {name: p}\nspec:\n';

/** text -> the first error: `Code line:column message`. */
const INVALID: [name: string, text: string, expected: string][] = [
  ['no map', '- a\n', 'ManifestInvalid 1:1 a manifest is a map of fields (apiVersion, kind, metadata, spec)'],
  [
    'no kind',
    'apiVersion: x\n',
    'ManifestInvalid 1:1 the manifest needs the field "kind": MCPService, Policy, Toolset or Source',
  ],
  [
    'unknown kind',
    'kind: MCPServce\n',
    'ManifestInvalid 1:7 kind must be MCPService, Policy, Toolset or Source, not "MCPServce"; did you mean "MCPService"?',
  ],
  [
    'kind that is no text',
    'kind: 3\n',
    'ManifestInvalid 1:7 kind must be MCPService, Policy, Toolset or Source, not 3',
  ],
  [
    'other apiVersion',
    STDIO.replace('/v1', '/v2'),
    'ManifestInvalid 1:13 apiVersion must be clarity.runtime/v1, not "clarity.runtime/v2"',
  ],
  ['no spec', `${HEAD}metadata: {name: a}\n`, 'ManifestInvalid 1:1 the manifest needs the field "spec"'],
  [
    'empty metadata',
    `${HEAD}metadata:\nspec: {origin: {type: local_stdio, command: x}}\n`,
    'ManifestInvalid 3:10 metadata must be a map, not empty',
  ],
  [
    'a mask of ours sent back',
    STDIO.replace('command: x', 'command: x, env: [{name: A, value: "********"}]'),
    'ManifestInvalid 5:66 spec.origin.env.0.value is the mask that stands for a secret; write the value, or better a secretRef',
  ],
  ['nothing to name it by', STDIO.replace('{name: a}', '{}'), 'ManifestInvalid 3:1 metadata needs the field "name"'],
  [
    'bad name',
    STDIO.replace('name: a', 'name: My_Files'),
    'ManifestInvalid 3:18 metadata.name does not have the right form: The identity, unique per kind over all sources: 1 to 63 lower-case letters, digits and -, neither first nor last a -.',
  ],
  [
    'name of 64',
    STDIO.replace('name: a', `name: ${'a'.repeat(64)}`),
    'ManifestInvalid 3:18 metadata.name does not have the right form: The identity, unique per kind over all sources: 1 to 63 lower-case letters, digits and -, neither first nor last a -.',
  ],
  [
    'misspelt field',
    `${STDIO}  enabeld: true\n`,
    'ManifestInvalid 6:3 unknown field "enabeld" in spec; did you mean "enabled"?',
  ],
  [
    'field of the wrong place',
    `${STDIO}  command: npx\n`,
    'ManifestInvalid 6:3 unknown field "command" in spec; it belongs in spec.origin (local_stdio) or spec.origin.compiler (local_wasm)',
  ],
  [
    'field of another origin',
    STDIO.replace('command: x', 'command: x, authRef: y'),
    'ManifestInvalid 5:43 unknown field "authRef" in spec.origin; it belongs in spec.origin (remote_mcp)',
  ],
  [
    'text for a boolean',
    `${STDIO}  enabled: yes\n`,
    'ManifestInvalid 6:12 spec.enabled must be true or false, not "yes"',
  ],
  [
    'unknown word',
    `${STDIO}  session: shred\n`,
    'ManifestInvalid 6:12 spec.session must be auto, shared or perClient, not "shred"; did you mean "shared"?',
  ],
  [
    'unknown origin',
    STDIO.replace('local_stdio', 'remote_mpc'),
    'ManifestInvalid 5:18 spec.origin.type must be local_wasm, local_stdio or remote_mcp, not "remote_mpc"; did you mean "remote_mcp"?',
  ],
  [
    'origin without type',
    STDIO.replace('type: local_stdio, ', ''),
    'ManifestInvalid 5:3 spec.origin needs the field "type": local_wasm, local_stdio or remote_mcp',
  ],
  [
    'stdio without command',
    STDIO.replace(', command: x', ''),
    'ManifestInvalid 5:3 spec.origin needs the field "command"',
  ],
  [
    'blank command',
    STDIO.replace('command: x', 'command: " "'),
    'ManifestInvalid 5:40 spec.origin.command must not be blank',
  ],
  [
    'number for a text',
    STDIO.replace('command: x', 'command: x, args: [-p, 80]'),
    'ManifestInvalid 5:54 spec.origin.args[1] must be text, not 80',
  ],
  [
    'fraction for a whole number',
    `${STDIO}  startTimeoutMs: 1.5\n`,
    'ManifestInvalid 6:19 spec.startTimeoutMs must be a whole number, not 1.5',
  ],
  ['too small', `${STDIO}  startTimeoutMs: 0\n`, 'ManifestInvalid 6:19 spec.startTimeoutMs must be at least 1, not 0'],
  [
    'too large for a timer',
    `${STDIO}  startTimeoutMs: 3000000000\n`,
    'ManifestInvalid 6:19 spec.startTimeoutMs must be at most 2147483647, not 3000000000',
  ],
  [
    'map for a list',
    STDIO.replace('command: x', 'command: x, env: {A: b}'),
    'ManifestInvalid 5:48 spec.origin.env must be a list, not a map',
  ],
  [
    'env without value',
    STDIO.replace('command: x', 'command: x, env: [{name: A}]'),
    'ManifestInvalid 5:50 spec.origin.env[0] needs "value" or "secretRef"',
  ],
  [
    'env value that is no text',
    STDIO.replace('command: x', 'command: x, env: [{name: A, value: 12345}]'),
    'ManifestInvalid 5:66 spec.origin.env[0].value must be text, not a number',
  ],
  [
    'env name',
    STDIO.replace('command: x', 'command: x, env: [{name: 1A, value: x}]'),
    'ManifestInvalid 5:56 spec.origin.env[0].name does not have the right form: Name of the variable: letters, digits and _, no digit first.',
  ],
  [
    'endpoint of another scheme',
    `${HEAD}metadata: {name: a}\nspec:\n  origin: {type: remote_mcp, endpoint: "ftp://x"}\n`,
    'ManifestInvalid 5:40 spec.origin.endpoint must be an http or https URL',
  ],
  [
    'duration',
    `${STDIO}  reconcile: {interval: soon}\n`,
    'ManifestInvalid 6:25 spec.reconcile.interval does not have the right form: Between two looks, at least 1s.',
  ],
  [
    'duration too short',
    `${STDIO}  reconcile: {timeout: 200ms}\n`,
    'ManifestInvalid 6:24 spec.reconcile.timeout must be at least 1s and at most 24 days',
  ],
  [
    'rename to no name',
    `${STDIO}  tools: {rename: {a: "b c"}}\n`,
    'ManifestInvalid 6:23 spec.tools.rename.a does not have the right form: The part of the tool name after <namespace>__: letters, digits, _, . and -.',
  ],
  [
    'agent without descriptor',
    STDIO.replace('name: a', 'name: a, serviceType: agent'),
    'ManifestInvalid 3:1 metadata needs the field "agent"',
  ],
  [
    'trigger without its part',
    STDIO.replace('name: a', 'name: a, agent: {agentId: a, name: a, role: r, objective: o, triggers: [timer]}'),
    'ManifestInvalid 3:21 metadata.agent needs the field "timer", since its triggers have timer',
  ],
  [
    'schedules of one id',
    STDIO.replace(
      'name: a',
      'name: a, agent: {agentId: a, name: a, role: r, objective: o, triggers: [api], timer: {schedules: [{id: x, expr: every 1 s}, {scheduleId: x, expr: every 2 s}]}}',
    ),
    'ManifestInvalid 3:136 two schedules have the id "x"',
  ],
  [
    'label that is no text',
    STDIO.replace('name: a', 'name: a, labels: {v: 1}'),
    'ManifestInvalid 3:33 metadata.labels.v must be text, not 1',
  ],
  [
    'reserved namespace by name',
    STDIO.replace('name: a', 'name: runtime'),
    'ManifestInvalid 3:18 the tool namespace "runtime" is reserved for the runtime’s own tools; set another spec.toolNamespace',
  ],
  [
    'policy field',
    `${POLICY}  timeoutMS: 5\n`,
    'ManifestInvalid 5:3 unknown field "timeoutMS" in spec; did you mean "timeoutMs"?',
  ],
  [
    'broken flow list',
    `${HEAD}a: [1, 2\nb: 3\n`,
    'YamlSyntax 4:1 the indentation does not fit: fields of one map begin in one column',
  ],
  ['unclosed quote', 'a: "x\n', 'YamlSyntax 2:1 Missing closing'],
  ['tab', 'a:\n\tb: 1\n', 'YamlSyntax 2:1 a tab cannot indent; use spaces'],
  ['duplicate key', 'kind: a\n"kind": b\n', 'DuplicateKey 2:1 the key "kind" is given twice in one map'],
  [
    'duplicate keys that only differ in type',
    'a: {1: x, "1": y}\n',
    'DuplicateKey 1:11 the key "1" is given twice in one map',
  ],
  ['alias without anchor', 'a: *nothing\n', 'YamlSyntax 1:4 this alias has no anchor (&name) before it'],
  ['alias of itself', 'a: &a {b: *a}\n', 'YamlSyntax 1:7 aliases nest deeper than 64 levels'],
  [
    'tag of no JSON value',
    'a: !!binary aGk=\n',
    'YamlSyntax 1:13 this tag gives a value that JSON cannot hold; leave it out',
  ],
  ['unknown tag', 'a: !secret x\n', 'YamlSyntax 1:4 this tag (!…) is not known; leave it out'],
  ['infinity', 'a: .inf\n', 'YamlSyntax 1:4 JSON has no such number'],
  ['map as a key', '? {a: 1}\n: 2\n', 'YamlSyntax 1:3 a key is a plain text'],
  ['deep nesting', `a: ${'['.repeat(5000)}`, 'YamlSyntax 1:68 nested deeper than 64 levels'],
  [
    'second document',
    `${STDIO}---\nkind: X\n`,
    'ManifestInvalid 7:7 kind must be MCPService, Policy, Toolset or Source, not "X"',
  ],
  [
    'CRLF and characters beyond the basic plane',
    `${HEAD}metadata: {name: a, labels: {k: "😀😀", v: 1}}\nspec: {origin: {type: local_stdio, command: x}}\n`.replaceAll(
      '\n',
      '\r\n',
    ),
    'ManifestInvalid 3:42 metadata.labels.v must be text, not 1',
  ],
  ['JSON', '{"kind": "Policy",\n "spec": []}', 'ManifestInvalid 1:2 the manifest needs the field "apiVersion"'],
];

describe('invalid manifests', () => {
  it.each(INVALID)('%s', (_, text, expected) => {
    const { documents, diagnostics } = parseManifests('a.yaml', text);
    const first = diagnostics.find(({ severity }) => severity === 'error');
    expect(documents).toEqual([]);
    const [docs = ''] = /(?<=clarityctl explain ?).*/.exec(first?.help ?? '') ?? [];
    expect(explain(docs), 'the page that the help names').toHaveProperty('fields');
    expect(`${first?.code ?? ''} ${String(first?.line)}:${String(first?.column)} ${first?.message ?? ''}`).toBe(
      expected,
    );
  });

  it('finds several errors of one file in the order of their places', () => {
    const text = `${STDIO}  enabled: 1\n  suspend: 2\n---\nkind: Policy\nmetadata: {}\n`;
    const places = parseManifests('a.yaml', text).diagnostics.map(({ line, column }) => [line, column]);
    expect(places).toEqual([
      [6, 12],
      [7, 12],
      [9, 1],
      [9, 1],
      [10, 1],
    ]);
  });

  it('shows ten and counts the rest, errors before warnings', () => {
    const wrong = Array.from({ length: 12 }, (_, n) => `  wrong${String(n)}: 1\n`).join('');
    const { diagnostics } = parseManifests('a.yaml', STDIO + wrong);
    expect(diagnostics).toHaveLength(11);
    expect(diagnostics.at(-1)?.message).toBe('and 2 more');
  });

  it('says of a union only what is wrong in the branch that was meant', () => {
    const { diagnostics } = parseManifests('a.yaml', STDIO.replace('command: x', 'command: x, cwdd: y'));
    expect(diagnostics).toHaveLength(1);
  });

  it('rejects the whole file for one broken document', () => {
    const { documents, diagnostics } = parseManifests('a.yaml', `${STDIO}---\nkind: X\n`);
    expect(documents).toEqual([]);
    expect(diagnostics).toHaveLength(1);
  });

  it('names both lines of two documents with one identity', () => {
    const { diagnostics } = parseManifests('a.yaml', `${STDIO}---\n${STDIO}`);
    expect(diagnostics).toMatchObject([
      {
        code: 'Conflict',
        name: 'a',
        line: 9,
        message: 'MCPService "a" is declared twice in this file: on line 3 and on line 9',
      },
    ]);
  });

  it('does not confuse a service and a policy of one name', () => {
    const { documents } = parseManifests('a.yaml', `${STDIO}---\n${POLICY.replace('name: p', 'name: a')}  {}\n`);
    expect(documents.map(({ kind, name, index, line }) => [kind, name, index, line])).toEqual([
      ['MCPService', 'a', 0, 1],
      ['Policy', 'a', 1, 7],
    ]);
  });

  it.each(['', '\n\n', '# only a comment\n', '---\n---\n', '\uFEFF'])(
    'finds nothing wrong in a file without documents: %j',
    (text) => {
      expect(parseManifests('a.yaml', text)).toMatchObject({ documents: [], diagnostics: [] });
    },
  );
});
