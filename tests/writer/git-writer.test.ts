import { describe, expect, it } from 'vitest';
import type { CommitWish } from '../../src/reconcile/ports.ts';
import { GitWriter } from '../../src/writer/git-writer.ts';
import { systemClock } from '../helpers/clock.ts';
import { FakeRepository } from '../helpers/fake-repository.ts';
import { serviceText } from '../helpers/services-folder.ts';

const FILE = 'services.d/a.yaml';
const ofA = { kind: 'MCPService', name: 'a' } as const;

function setting(text = serviceText('a')) {
  const repository = new FakeRepository();
  repository.files.set(FILE, text);
  const writer = new GitWriter({
    clock: systemClock,
    repository: (source) => (source === 'team' ? repository : undefined),
  });
  const at = { source: 'team', revision: 'main@sha1:0', file: FILE, line: 1, index: 0 };
  const stop = (commit?: CommitWish, file = FILE, source = 'team') => {
    const set = [{ path: ['spec', 'enabled'], value: false }];
    return writer.edit({ ...ofA, at: { ...at, file, source }, set, ...(commit && { commit }) });
  };
  return { repository, writer, at, stop };
}

describe('the writer of git sources', () => {
  it('commits with the message and author that are wished for, or a sentence of ours, and names the commit', async () => {
    const { repository, stop, writer, at } = setting();
    const author = { name: 'Grace', email: 'grace@example.com' };
    const result = await stop({ message: 'Not now', author });
    expect(result).toMatchObject({ file: FILE, source: 'team', commit: { sha: '1'.repeat(40), subject: 'Not now' } });
    const removed = await writer.remove({ ...ofA, at, force: true, commit: {} });
    expect(removed.commit?.subject).toBe('Remove MCPService a');
    expect(repository.commits).toMatchObject([
      {
        message: 'Not now',
        author,
        files: [{ path: FILE, text: expect.stringContaining('enabled: false') as string }],
      },
      { files: [{ path: FILE, text: undefined }] }, // its last document
    ]);
  });

  it('says how: commit it, repeat with --commit, or why nothing can be committed', async () => {
    const { repository, stop, writer, at } = setting();
    const lives = 'MCPService "a" lives in git (source team, main): commit the change of services.d/a.yaml there';
    await expect(stop()).rejects.toThrow(`${lives}, or repeat with --commit`);
    const text = serviceText('a', '    args: [x]');
    const apply = writer.apply({ ...ofA, text, at, managedBy: 'mcp', force: false });
    await expect(apply).rejects.toThrow(`${lives}, or repeat with --commit and --force-conflicts`);
    repository.readOnly = 'the source does not set allowPush';
    for (const commit of [undefined, {}])
      await expect(stop(commit)).rejects.toMatchObject({
        code: 'Conflict',
        message: `${lives}; nothing can be committed from here: the source does not set allowPush`,
        data: { file: FILE, patch: expect.stringMatching(/^\+.*enabled: false$/m) as string },
      });
    expect(repository.commits).toEqual([]);
    expect(await writer.preview({ ...ofA, text, at, managedBy: 'mcp' })).toMatchObject({ outcome: 'conflict' });
    const same = await writer.preview({ ...ofA, text: serviceText('a'), at, managedBy: 'mcp' });
    expect(same).toEqual({ outcome: 'unchanged', patch: '' });
  });

  it('where the branch has moved makes the change on what is there now', async () => {
    const { repository, stop } = setting();
    const others = `# theirs\n${serviceText('b')}---\n${serviceText('a')}`;
    repository.meanwhile.push(
      () => repository.files.set('services.d/b.yaml', serviceText('b')),
      () => repository.files.set(FILE, others),
    );
    expect((await stop({})).commit?.sha).toBe('1'.repeat(40));
    expect(repository.files.get(FILE)).toMatch(/^# theirs[^]*name: b[^]*name: a[^]*enabled: false/);
  });

  it('gives up after three tries, and at once where the document is another one, or has what was wanted, by then', async () => {
    const { repository, stop } = setting();
    const ran = () => undefined;
    repository.meanwhile.push(ran, ran, ran, ran);
    await expect(stop({})).rejects.toMatchObject({
      code: 'Conflict',
      message: 'main of source team has moved meanwhile',
    });
    expect(repository.meanwhile.length).toBe(1);

    repository.meanwhile.splice(0, 1, () => repository.files.set(FILE, serviceText('a', '    args: [theirs]')));
    await expect(stop({})).rejects.toThrow('"a" in services.d/a.yaml was changed by somebody else meanwhile');
    repository.meanwhile.push(() =>
      repository.files.set(FILE, serviceText('a').replace('spec:', 'spec:\n  enabled: false')),
    );
    expect(await stop({})).not.toHaveProperty('commit');
    repository.meanwhile.push(() => repository.files.delete(FILE));
    repository.files.set(FILE, serviceText('a'));
    await expect(stop({})).rejects.toMatchObject({ code: 'NotFound' });
    expect(repository.commits).toEqual([]);
  });

  it.each(['../a.yaml', '/etc/a.yaml', 'services.d/../a.yaml', 'elsewhere/a.yaml'])(
    'never leaves its folder: %s',
    async (file) => {
      const { repository, stop } = setting();
      repository.files.set(file, serviceText('a'));
      await expect(stop({}, file)).rejects.toMatchObject({ code: 'BadRequest' });
    },
  );

  it('a source that has gone meanwhile is a conflict', async () => {
    await expect(setting().stop({}, FILE, 'gone')).rejects.toMatchObject({ code: 'Conflict' });
  });
});
