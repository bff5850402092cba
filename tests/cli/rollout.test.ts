import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../src/shared/errors.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

async function setting() {
  const api = await testApi();
  const url = await api.listen();
  return { runtime: api.runtime, on: (...argv: readonly string[]) => cli(['--daemon-url', url, 'rollout', ...argv]) };
}

describe('rollout history', () => {
  it('is a table, the newest last', async () => {
    const { on } = await setting();
    const [head, ...rows] = (await on('history', 'files')).stdout.trimEnd().split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['REVISION', 'WHEN', 'WHO', 'SOURCE-REVISION', 'OUTCOME', 'WHAT']);
    expect(rows.map((row) => row.split(/ +/)[0])).toEqual(['1', '2']);
    expect(rows[0]).toContain('(by hand)');
  });

  it('--revision prints the document, masked, or says which there are: 1', async () => {
    const { on } = await setting();
    const { stdout } = await on('history', 'files', '--revision', '1');
    expect(stdout).toMatch(/^# generation 1, .*Ready: created\napiVersion: clarity\.runtime\/v1\n/);
    expect(stdout).not.toContain('once-hushed');
    expect(await on('history', 'files', '--revision', '8')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there are 1'),
    });
  });
});

describe('rollout undo', () => {
  it.each([
    [[], { dryRun: false }],
    [['--to', '2'], { to: 2, dryRun: false }],
    [['--to-revision=2', '--dry-run'], { to: 2, dryRun: true }],
  ])('%j asks the runtime and prints what changed', async (flags, asked) => {
    const { runtime, on } = await setting();
    const { code, stdout } = await on('undo', 'files', ...flags);
    expect(runtime.asked).toEqual([['undo', 'files', asked]]);
    expect(code).toBe(0);
    expect(stdout).toContain('value: ********');
    expect(stdout).toContain(
      `rolled back to generation ${String('to' in asked ? asked.to : 1)} (${asked.dryRun ? 'dry run' : 'now generation 3'})`,
    );
    expect(stdout.includes('restart files')).toBe(asked.dryRun);
  });

  it('--wait waits as the manifest wants it; 1 where that is not met', async () => {
    const { runtime, on } = await setting();
    runtime.waitFor = () => Promise.resolve({ met: false, why: 'RolledBack: it did not come up' });
    const { code, stderr } = await on('undo', 'files', '--wait');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'service/files is not ready: RolledBack: it did not come up\n',
    });
  });

  it('a source that cannot be written: 1 and what to type, nothing to force', async () => {
    const { runtime, on } = await setting();
    runtime.failure = new ClarityError('Conflict', 'source fleet cannot be written from here; git revert abc');
    const { code, stderr } = await on('undo', 'files');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('git revert abc') });
    expect(stderr).not.toContain('force');
  });

  it.each(['0', '-1', 'x', '1.5'])('--to %s is a mistake in the command line: 2', async (to) => {
    const { on } = await setting();
    expect((await on('undo', 'files', `--to=${to}`)).code).toBe(2);
  });
});
