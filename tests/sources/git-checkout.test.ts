import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';
import { sized } from '../helpers/size.ts';

const COUNT = sized(100, 3000);
const name = (index: number) => `s${String(index).padStart(4, '0')}`;

describe('git checkout', () => {
  it(`of ${String(COUNT)} files: nothing that both revisions have is missing from any report`, async () => {
    const folder = new ServicesFolder();
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
    const git = (...args: string[]) =>
      execFileSync('git', [...identity, ...args], { cwd: folder.workspace, stdio: 'pipe' });
    git('init', '-q', '-b', 'one');
    for (let at = 0; at < COUNT; at += 1) folder.write(`${name(at)}.yaml`, serviceText(name(at)));
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    git('checkout', '-q', '-b', 'two');
    // The second revision changes every file, moves a third into a folder and replaces ten services by others.
    for (let at = 0; at < COUNT; at += 1) {
      const text = serviceText(at < 10 ? `n${name(at)}` : name(at), '    args: [changed]');
      if (at % 3 === 0) folder.remove(`${name(at)}.yaml`);
      folder.write(at % 3 === 0 ? `moved/${name(at)}.yaml` : `${name(at)}.yaml`, text);
    }
    git('add', '-A');
    git('commit', '-q', '-m', 'two');

    const observed = new ObservedSource(folder);
    await observed.start();
    const args = () =>
      observed.latest.files.flatMap(({ documents }) => documents).map(({ document }) => JSON.stringify(document.spec));
    for (const branch of ['one', 'two', 'one']) {
      await promisify(execFile)('git', ['checkout', '-q', branch], { cwd: folder.workspace });
      const changed = branch === 'two' ? COUNT : 0;
      await expect
        .poll(() => args().filter((spec) => spec.includes('changed')).length, {
          timeout: sized(10_000, 60_000),
          interval: 100,
        })
        .toBe(changed);
    }
    const stays = Array.from({ length: COUNT - 10 }, (_, at) => name(at + 10));
    expect(observed.alwaysThere()).toEqual(stays);
  });
});
