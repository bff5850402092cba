import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

/** What a path of a commit becomes: text of a file, undefined to remove it, or something else than a plain file. */
export type Put =
  string | undefined | { readonly executable: string } | { readonly link: string } | { readonly submodule: string };

/** Of a person who has configured nothing. */
const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** A bare repository that somebody pushes to; its folder goes with the test where none is given. Each commit is one process, without a work tree. */
export class GitRemote {
  readonly folder: string;

  constructor(folder = join(tempFolder(), 'repo.git')) {
    this.folder = folder;
    this.#git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', this.folder]);
    // As the hosts allow it.
    this.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  }

  get url(): string {
    return `file://${this.folder}`;
  }

  /** Changes some paths of a branch in one commit; `fresh`: without what was before, as a force-push does. Returns its sha. */
  commit(
    files: Readonly<Record<string, Put>>,
    { branch = 'main', message = 'change', fresh = false }: { branch?: string; message?: string; fresh?: boolean } = {},
  ): string {
    const ref = `refs/heads/${branch}`;
    const before = fresh ? undefined : this.sha(ref);
    const lines = [
      ...(fresh ? [`reset ${ref}`, ''] : []),
      `commit ${ref}`,
      `committer Ada <ada@example.com> ${String(Math.floor(Date.now() / 1000))} +0000`,
      data(message),
      ...(before === undefined ? [] : [`from ${before}`]),
      ...Object.entries(files).map(([path, put]) => change(path, put)),
      '',
    ];
    this.#git(['fast-import', '--quiet', '--force'], lines.join('\n'));
    return this.sha(ref) ?? '';
  }

  /** Replaces the newest commit by one that is signed with a key of `ssh-keygen`. Returns its sha. */
  sign(key: string, branch = 'main'): string {
    const ref = `refs/heads/${branch}`;
    const signing = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${key}`];
    const sha = this.git(...signing, 'commit-tree', '-S', '-m', 'signed', `${ref}^{tree}`);
    this.git('update-ref', ref, sha);
    return sha;
  }

  sha(ref: string): string | undefined {
    try {
      return this.git('rev-parse', '--verify', '--quiet', ref);
    } catch {
      return undefined; // no such ref
    }
  }

  git(...args: string[]): string {
    return this.#git(args);
  }

  #git(args: readonly string[], input = ''): string {
    const env = args[0] === 'init' ? ENV : { ...ENV, GIT_DIR: this.folder };
    return execFileSync('git', args, { env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trim();
  }
}

/** A new key pair, and the allowed signers file that names it. */
export function signingKey(name: string): { readonly key: string; readonly allowedSigners: string } {
  const folder = tempFolder();
  const key = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', `${name}@example.com`, '-f', key]);
  const publicKey = execFileSync('ssh-keygen', ['-y', '-f', key], { encoding: 'utf8' }).trim();
  const allowedSigners = join(folder, 'allowed_signers');
  writeFileSync(allowedSigners, `${name}@example.com ${publicKey}\n`);
  return { key, allowedSigners };
}

function data(text: string): string {
  return `data ${String(Buffer.byteLength(text))}\n${text}`;
}

function change(path: string, put: Put): string {
  const quoted = JSON.stringify(path);
  if (put === undefined) return `D ${quoted}`;
  if (typeof put === 'string') return `M 100644 inline ${quoted}\n${data(put)}`;
  if ('executable' in put) return `M 100755 inline ${quoted}\n${data(put.executable)}`;
  if ('link' in put) return `M 120000 inline ${quoted}\n${data(put.link)}`;
  return `M 160000 ${put.submodule} ${quoted}`;
}
