import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';

const source = (spec: string) =>
  parseManifests('s.yaml', `apiVersion: clarity.runtime/v1\nkind: Source\nmetadata: {name: team}\nspec: ${spec}\n`);

describe('a Source', () => {
  it('of a repository has defaults', () => {
    const { documents, diagnostics } = source('{git: "https://x/y.git"}');
    expect(diagnostics).toEqual([]);
    expect(documents[0]?.document).toEqual({
      apiVersion: 'clarity.runtime/v1',
      kind: 'Source',
      metadata: { name: 'team', labels: {}, annotations: {} },
      spec: { git: 'https://x/y.git', path: 'services.d', intervalMs: 60_000, allowPush: false, prune: true },
    });
  });

  it.each([
    ['{dir: ../team, prune: false}', { dir: '../team', prune: false }],
    [
      '{git: "git@h:y", ref: v1, path: ./a//b/, interval: 5m, verify: {mode: head, allowedSigners: s}, secretRef: "env:T", allowPush: true}',
      {
        git: 'git@h:y',
        ref: 'v1',
        path: 'a/b',
        intervalMs: 300_000,
        verify: { mode: 'head', allowedSigners: 's' },
        secretRef: 'env:T',
        allowPush: true,
      },
    ],
  ])('may be %s', (spec, expected) => {
    const { documents, diagnostics } = source(spec);
    expect(diagnostics).toEqual([]);
    expect(documents[0]?.document.spec).toMatchObject(expected);
  });

  it.each([
    ['{}', 'spec needs exactly one of git and dir'],
    ['{git: "https://x/y", dir: a}', 'spec needs exactly one of git and dir, and has both'],
    ['{dir: a, ref: main}', 'spec.ref is of a git source'],
    ['{git: "https://me:pw@x/y"}', 'spec.git has credentials in the address'],
    ['{git: "http://x/y"}', 'spec.git must be https, ssh'],
    ['{git: "https://x/y", ref: "a b"}', 'spec.ref is no name of a branch'],
    ['{git: "https://x/y", path: ../a}', 'spec.path must be a folder inside of the repository'],
    ['{git: "https://x/y", interval: 10ms}', 'spec.interval must be at least 1s'],
    ['{git: "https://x/y", verify: {mode: head}}', 'allowedSigners'],
    ['{git: "https://x/y", branch: main}', 'unknown field "branch" in spec'],
  ])('%s: %s', (spec, message) => {
    expect(source(spec).diagnostics.map((one) => one.message)).toEqual([expect.stringContaining(message)]);
  });
});
