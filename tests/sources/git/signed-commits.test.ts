import { copyFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GitRemote, signingKey } from '../../helpers/git-remote.ts';
import { ObservedGitSource } from '../../helpers/observed-git-source.ts';
import { serviceText } from '../../helpers/services-folder.ts';

describe('a git source that wants signatures', () => {
  it('runs only commits that somebody may sign; otherwise the last verified one stays', async () => {
    const remote = new GitRemote();
    const { key, allowedSigners } = signingKey('ada');
    const stranger = signingKey('mallory');
    remote.commit({ 'services.d/a.yaml': serviceText('a') });
    const observed = new ObservedGitSource(remote.url, { verify: { mode: 'head', allowedSigners } });
    const refused = { complete: false, condition: { reason: 'VerificationFailed' } };
    expect(await observed.start()).toMatchObject({
      ...refused,
      files: [],
      verified: { status: 'False', reason: 'NotSigned' },
    });

    const signed = remote.sign(key);
    const kept = { revision: `main@sha1:${signed}`, commit: { sha: signed } };
    expect(await observed.refresh()).toMatchObject({ ...kept, complete: true, verified: { status: 'True' } });
    expect(observed.latest.verified!.message).toContain('ada@example.com');

    remote.commit({ 'services.d/b.yaml': serviceText('b'), 'services.d/a.yaml': undefined });
    expect(await observed.refresh()).toMatchObject({
      ...kept,
      ...refused,
      verified: { status: 'False', reason: 'NotSigned' },
    });
    const theirs = remote.sign(stranger.key);
    expect(await observed.refresh()).toMatchObject({ ...kept, ...refused, verified: { reason: 'SignerNotAllowed' } });
    expect(observed.names()).toEqual(['a']);

    // Whoever is allowed later has it looked at again, without a new commit.
    writeFileSync(allowedSigners, '');
    expect(await observed.refresh()).toMatchObject({ ...kept, ...refused });
    copyFileSync(stranger.allowedSigners, allowedSigners);
    expect(await observed.refresh()).toMatchObject({
      complete: true,
      revision: `main@sha1:${theirs}`,
      verified: { status: 'True' },
    });
    expect(observed.names()).toEqual(['b']);
  });
});
