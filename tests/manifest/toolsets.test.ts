import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';

const toolset = (spec: string) =>
  parseManifests('t.yaml', `apiVersion: clarity.runtime/v1\nkind: Toolset\nmetadata: {name: reading}\nspec: ${spec}\n`);

describe('a Toolset', () => {
  it('needs nothing in its spec: all tools of all services, listed', () => {
    const { documents, diagnostics } = toolset('{}');
    expect(diagnostics).toEqual([]);
    expect(documents[0]?.document).toMatchObject({
      kind: 'Toolset',
      metadata: { name: 'reading', labels: {}, annotations: {} },
      spec: { tools: {}, mode: 'list' },
    });
  });

  it.each([
    '{services: [files, team=docs, "team!=docs,stage", "!team", "team,", example.com/team], mode: search}',
    '{tools: {allow: ["*"], deny: ["*__delete"], rename: {files__read: cat}}}',
  ])('may be %s', (spec) => {
    expect(toolset(spec).diagnostics).toEqual([]);
  });

  it.each([
    ['{services: []}', 'spec.services must have at least 1 entry'],
    ['{services: [","]}', 'spec.services[0] must be the name of a service, or a label selector'],
    ['{services: [a, "k = v = !w x"]}', undefined],
    ['{services: ["!k=v"]}', 'spec.services[0] must be the name of a service, or a label selector'],
    ['{mode: lost}', 'spec.mode must be list or search, not "lost"'],
    ['{tools: {rename: {a: "b c"}}}', 'does not have the right form'],
    ['{tool: {}}', 'unknown field "tool" in spec; did you mean "tools"?'],
  ])('%s: %s', (spec, message) => {
    const found = toolset(spec).diagnostics.map((one) => one.message);
    if (message === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(message)]);
  });
});
