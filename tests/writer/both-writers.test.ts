import { describe, expect, it } from 'vitest';
import type { DocumentOrigin, ManifestWriter, WriteResult, Writing } from '../../src/reconcile/ports.ts';
import { createWriter } from '../../src/writer/index.ts';
import { systemClock } from '../helpers/clock.ts';
import { FakeRepository } from '../helpers/fake-repository.ts';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

type Act = (writer: ManifestWriter, at: DocumentOrigin, writing: Writing) => Promise<WriteResult>;

const ofA = { kind: 'MCPService', name: 'a' } as const;
const MANAGED = 'metadata:\n  annotations: { clarity.runtime/managed-by: mcp }';
/** A person's comments, a neighbour in the same file, and the document that the requests are about. */
const person = `# ours\n${serviceText('z')}---\n# about a\n${serviceText('a')}`;
const tool = person.replace(/metadata:\n(?=  name: a)/, `${MANAGED}\n`);
const invalid = person.replace(/spec:/, 'spek:');

const apply =
  (extra: string, force = false): Act =>
  (writer, at, writing) =>
    writer.apply({ ...ofA, text: serviceText('a', extra), at, managedBy: 'clarityctl', force, ...writing });
const set =
  (field: string, value: string | boolean): Act =>
  (writer, at, writing) =>
    writer.edit({ ...ofA, at, set: [{ path: ['spec', field], value }], ...writing });
const remove =
  (force = false): Act =>
  (writer, at, writing) =>
    writer.remove({ ...ofA, at, force, ...writing });
const restore =
  (args: string[], dryRun = false): Act =>
  (writer, at, writing) => {
    const then = {
      apiVersion: 'clarity.runtime/v1',
      kind: 'MCPService',
      metadata: { name: 'a' },
      spec: { origin: { type: 'local_stdio', command: 'node', args } },
    };
    return writer.restore({ ...ofA, at, then, dryRun, ...writing });
  };

const at: DocumentOrigin = { source: '', revision: '', file: 'services.d/f.yaml', line: 1, index: 1 };

/** What became of a request: its outcome or error, the text of the file afterwards, and the patch that a refusal names. */
async function told(asked: Promise<WriteResult>, read: () => string | undefined) {
  const result: { outcome?: string; code?: string; data?: { patch?: string } } = await asked.catch(
    (error: unknown) => error as object,
  );
  return { became: result.outcome ?? result.code, text: read(), patch: result.data?.patch };
}

function setting(text: string) {
  const folder = new WriterFolder();
  folder.write('f.yaml', text);
  const repository = new FakeRepository();
  repository.files.set(at.file, text);
  const writer = createWriter({
    clock: systemClock,
    directories: () => [{ name: 'services.d', root: folder.root, workspace: folder.workspace }],
    repository: (source) => (source === 'team' ? repository : undefined),
  });
  return { folder, repository, writer };
}

describe('a folder and a repository decide alike; a repository is written by a commit alone', () => {
  it.each<[what: string, text: string, act: Act, became: string]>([
    ['apply of the same', person, apply(''), 'unchanged'],
    ['apply on a tool’s', tool, apply('    args: [x]'), 'configured'],
    ['apply on a person’s', person, apply('    args: [x]'), 'Conflict'],
    ['apply by force', person, apply('    args: [x]', true), 'configured'],
    ['an edit of a person’s', person, set('enabled', false), 'configured'],
    [
      'an edit that changes nothing',
      person.replace(/spec:/g, 'spec:\n  enabled: false'),
      set('enabled', false),
      'unchanged',
    ],
    ['an edit that breaks it', person, set('enabled', 'perhaps'), 'ManifestInvalid'],
    ['an older document', person, restore(['y']), 'configured'],
    ['the document it has', person, restore([]), 'unchanged'],
    ['removal of a tool’s', tool, remove(), 'configured'],
    ['removal of a person’s', person, remove(), 'Conflict'],
    ['removal by force', person, remove(true), 'configured'],
    ['a document that has left', serviceText('z'), set('enabled', false), 'NotFound'],
    ['a broken file', invalid, set('enabled', false), 'ManifestInvalid'],
  ])('%s', async (_, text, act, became) => {
    const { folder, repository, writer } = setting(text);
    const inGit = () => repository.files.get(at.file);
    const refused = await told(act(writer, { ...at, source: 'team' }, {}), inGit);
    const committed = await told(act(writer, { ...at, source: 'team' }, { commit: {} }), inGit);
    const written = await told(act(writer, { ...at, source: 'services.d' }, {}), () => folder.read('f.yaml'));

    expect(written.became).toBe(became);
    expect(committed).toEqual(written);
    expect(repository.commits.length).toBe(became === 'configured' ? 1 : 0);
    expect(refused.text).toBe(text);
    expect(refused.became).toBe(became === 'configured' ? 'Conflict' : became);
    if (became === 'configured') expect(refused.patch).toMatch(/^--- a\/services\.d\/f\.yaml\n/);
    else expect(refused.patch).toBe(written.patch);
    if (became === 'configured') expect(inGit()).toContain('# ours');
  });

  it('a dry run of either says the patch and writes nothing', async () => {
    const { folder, repository, writer } = setting(person);
    for (const source of ['team', 'services.d']) {
      const result = await restore(['y'], true)(writer, { ...at, source }, {});
      expect(result).toMatchObject({ outcome: 'configured', patch: expect.stringMatching(/^\+.*y/m) as string });
    }
    expect([repository.files.get(at.file), folder.read('f.yaml')]).toEqual([person, person]);
  });

  it('what stands nowhere goes to the folder, also where a commit is wished for', async () => {
    const { folder, repository, writer } = setting(person);
    const request = { kind: 'MCPService', name: 'n', text: serviceText('n'), managedBy: 'mcp', force: false } as const;
    expect((await writer.apply({ ...request, at: undefined, commit: {} })).outcome).toBe('created');
    expect([folder.files(), repository.commits]).toEqual([['f.yaml', 'n.yaml'], []]);
  });
});
