import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRemote } from '../../helpers/git-remote.ts';
import { ObservedGitSource } from '../../helpers/observed-git-source.ts';
import { serviceText } from '../../helpers/services-folder.ts';

const S = 'services.d/s.yaml';
const runs = (name: string) => serviceText(name, '    args: [srv/main.js]');

/** Folders of revisions, oldest name first, without `current` and `empty`. */
function revisions({ source }: ObservedGitSource): string[] {
  return readdirSync(join(source.workspace, '..')).filter((name) => /^[0-9a-f]{40}/.test(name));
}

describe('the files of a revision', () => {
  it('lie behind one link, read only, with the modes and links of the commit, and never outside', async () => {
    const remote = new GitRemote();
    const sha = remote.commit({
      [S]: runs('s'),
      'srv/main.js': 'one',
      'bin/tool': { executable: '#!/bin/sh\n' },
      'bin/alias': { link: '../srv/main.js' },
      'bin/out': { link: '../../../etc/passwd' },
      'bin/absolute': { link: '/etc/passwd' },
      'bin/round/about': { link: '../alias-of-root/../x' },
      'bin/alias-of-root': { link: '..' },
      vendored: { submodule: '1'.repeat(40) },
    });
    const observed = new ObservedGitSource(remote.url);
    await observed.start();
    const { workspace } = observed.source;
    expect([readlinkSync(workspace), observed.read('srv/main.js'), observed.read('bin/alias')]).toEqual([
      sha,
      'one',
      'one',
    ]);
    const modes = ['srv/main.js', 'bin/tool', 'bin', '.'].map(
      (path) => lstatSync(realpathSync(join(workspace, path))).mode & 0o777,
    );
    expect(modes.map((mode) => mode.toString(8))).toEqual(['444', '555', '555', '555']);
    expect(
      ['bin/out', 'bin/absolute', 'bin/round/about', 'vendored'].filter((path) => existsSync(join(workspace, path))),
    ).toEqual([]);
    expect(readdirSync(join(workspace, 'bin')).sort()).toEqual(['alias', 'alias-of-root', 'round', 'tool']);
    expect(observed.warnings.filter((text) => text.includes('leads out of the repository'))).toHaveLength(3);
  });

  it('are there only where a document names one; else commands run in an empty folder', async () => {
    const remote = new GitRemote();
    remote.commit({ [S]: serviceText('s', '    args: [-y, "@scope/package"]'), 'srv/main.js': 'one' });
    const observed = new ObservedGitSource(remote.url);
    await observed.start();
    expect([readdirSync(observed.source.workspace), revisions(observed)]).toEqual([[], []]);
    const wasm = serviceText('w')
      .replace('local_stdio', 'local_wasm')
      .replace('command: node', 'wasmPath: srv/main.js');
    const sha = remote.commit({ 'services.d/w.yaml': wasm });
    await observed.refresh();
    expect([revisions(observed), observed.read('srv/main.js')]).toEqual([[sha], 'one']);
  });

  it('share what is equal, and the last two revisions are kept, and those that a process works in', async () => {
    const remote = new GitRemote();
    const first = remote.commit({ [S]: runs('s'), 'srv/main.js': 'one', 'srv/same.js': 'same' });
    const observed = new ObservedGitSource(remote.url);
    await observed.start();
    const inode = (path: string) => lstatSync(join(observed.source.workspace, path)).ino;
    const before = ['srv/main.js', 'srv/same.js'].map(inode);
    const child = spawn('sleep', ['60'], { cwd: realpathSync(observed.source.workspace) });
    await new Promise((resolve) => child.once('spawn', resolve));
    const commit = async (text: string) => {
      const sha = remote.commit({ 'srv/main.js': text });
      await observed.refresh();
      return sha;
    };
    const second = await commit('two');
    expect(['srv/main.js', 'srv/same.js'].map(inode).map((ino, at) => ino === before[at])).toEqual([false, true]);
    const third = await commit('three');
    expect(revisions(observed).sort()).toEqual([first, second, third].sort());
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    const fourth = await commit('four');
    expect(revisions(observed).sort()).toEqual([third, fourth].sort());
    expect([readlinkSync(observed.source.workspace), observed.read('srv/main.js')]).toEqual([fourth, 'four']);
  });

  it('namedFiles changes with what command, args and cwd name, and with nothing else', async () => {
    const remote = new GitRemote();
    const service = (name: string, ...lines: string[]) => ({
      [`services.d/${name}.yaml`]: serviceText(name, lines.join('\n')),
    });
    remote.commit({
      ...service('none', '    args: [-y, package]'),
      ...service('file', '    args: [--config=conf/a.json]'),
      ...service('link', '    args: [conf/link.json]'),
      ...service('folder', '    cwd: srv'),
      ...service('both', '    cwd: srv/deep', '    args: [../main.js, /etc/passwd]'),
      'conf/a.json': '1',
      'conf/b.json': '1',
      'conf/link.json': { link: 'b.json' },
      'srv/main.js': '1',
      'srv/deep/x.js': '1',
    });
    const observed = new ObservedGitSource(remote.url);
    await observed.start();
    const names = ['none', 'file', 'link', 'folder', 'both'];
    let before = names.map((name) => observed.namedFiles(name));
    expect(before.map((hash) => hash !== undefined)).toEqual([false, true, true, true, true]);
    for (const [path, changed] of [
      ['conf/a.json', ['file']],
      ['conf/b.json', ['link']],
      ['srv/main.js', ['folder', 'both']],
      ['srv/deep/x.js', ['folder', 'both']],
      ['srv/new.js', ['folder']],
      ['README.md', []],
    ] as const) {
      remote.commit({ [path]: '2' });
      await observed.refresh();
      const after = names.map((name) => observed.namedFiles(name));
      expect(names.filter((_, at) => after[at] !== before[at])).toEqual(changed);
      before = after;
    }
  });
});
