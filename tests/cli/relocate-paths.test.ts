import { describe, expect, it } from 'vitest';
import { relocateDocument, type Relocation } from '../../src/cli/relocate.ts';
import { parseManifests } from '../../src/manifest/index.ts';

const beside: Relocation = { from: '/home/me/tools', workspace: '/home/me' };

function relocated(origin: string, relocation: Relocation, metadata = 'name: a'): string {
  const text = `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata:\n  ${metadata}\nspec:\n  origin: # how\n    ${origin}\n`;
  const [document] = parseManifests('a.yaml', text).documents;
  if (document === undefined)
    throw new Error(
      parseManifests('a.yaml', text)
        .diagnostics.map((d) => d.text)
        .join(),
    );
  return relocateDocument(text, document.index, document.raw, relocation);
}

const stdio = (fields: string) => `type: local_stdio\n    ${fields}`;

describe('relative paths of applied manifests', () => {
  it.each([
    ['a command with a slash', 'command: ./run.sh', beside, 'command: tools/run.sh'],
    ['a command above', 'command: ../run.sh', beside, 'command: ./run.sh'],
    ['a command outside', 'command: ../../run.sh', beside, 'command: /home/run.sh'],
    ['a folder', 'command: node\n    cwd: sub', beside, 'cwd: tools/sub'],
    ['the workspace itself', 'command: node\n    cwd: ..', beside, 'cwd: .'],
    [
      'an unknown workspace',
      'command: ./run.sh',
      { from: '/home/me', workspace: undefined },
      'command: /home/me/run.sh',
    ],
  ] satisfies [string, string, Relocation, string][])('%s', (_what, fields, relocation, expected) => {
    const text = relocated(stdio(fields), relocation);
    expect(text).toContain(`    ${expected}\n`);
    expect(text).toContain('origin: # how');
  });

  it.each([
    ['a bare command', stdio('command: node'), beside],
    ['arguments', stdio('command: node\n    args: [./server.js]'), beside],
    ['an absolute path', stdio('command: /bin/true'), beside],
    ['a path that means the same from both', stdio('command: ./run.sh'), { from: '/home/me', workspace: '/home/me' }],
    ['an endpoint', 'type: remote_mcp\n    endpoint: http://127.0.0.1:1/mcp', beside],
  ] satisfies [string, string, Relocation][])('%s stays as it is written', (_what, origin, relocation) => {
    expect(relocated(origin, relocation)).toContain(`    ${origin}\n`);
  });

  it('moves the source of a Clarity program, not a label', () => {
    const program = relocated('type: local_wasm', beside, 'sourceFile: greet.clarity');
    expect(program).toContain('sourceFile: tools/greet.clarity\n');
    const label = relocated(stdio('command: node'), beside, 'name: a\n  sourceFile: greet.clarity');
    expect(label).toContain('sourceFile: greet.clarity\n');
  });
});
