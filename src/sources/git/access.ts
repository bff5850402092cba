import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { SecretResolver } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';

/** What git gets for one conversation with the remote (GitRun): nothing of it is an argument, a URL or a file of configuration. */
export interface Access {
  readonly settings: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

interface AccessParts {
  readonly url: string;
  /** A token, or `user:password`, for https; for ssh a private key or the absolute path of one. */
  readonly secretRef: string | undefined;
  readonly secrets: SecretResolver;
  /** Where a key may lie while it is used; made where missing. */
  readonly keyFolder: string;
}

/** The user that goes with a bare token: GitHub wants this one, GitLab, Gitea and Azure take any. */
const TOKEN_USER = 'x-access-token';

/**
 * Resolves the secret anew and lends it for the time of `work`. Throws ClarityError SecretNotFound, or BadRequest where the secret does not fit the
 * kind of URL.
 */
export async function withAccess<T>(parts: AccessParts, work: (access: Access) => Promise<T>): Promise<T> {
  const { url, secretRef, secrets, keyFolder } = parts;
  if (secretRef === undefined) return work({ settings: {}, env: {} });
  const secret = (await secrets.resolve(secretRef)).trim();
  if (/^https:\/\//i.test(url)) return work(headerAccess(secret));
  if (/^ssh:\/\//i.test(url) || isScpLike(url)) {
    if (!secret.startsWith('-----BEGIN')) return work(keyAccess(secret));
    return withKeyFile(keyFolder, secret, (file) => work(keyAccess(file)));
  }
  throw new ClarityError('BadRequest', `a secretRef is for https and ssh only: ${url} takes none`);
}

/** `git@host:group/repository.git`: a colon before any slash. */
function isScpLike(url: string): boolean {
  return /^[^/:]+@[^/:]+:/.test(url);
}

/** A redirect would take the header along to whatever host it names, so none is followed. */
function headerAccess(secret: string): Access {
  const pair = secret.includes(':') ? secret : `${TOKEN_USER}:${secret}`;
  const header = `Authorization: Basic ${Buffer.from(pair).toString('base64')}`;
  return { settings: { 'http.extraHeader': header, 'http.followRedirects': 'false' }, env: {} };
}

function keyAccess(file: string): Access {
  if (!isAbsolute(file))
    throw new ClarityError('BadRequest', 'the secret of an ssh source is neither a private key nor an absolute path');
  const quoted = `'${file.replaceAll("'", `'\\''`)}'`;
  const options =
    '-o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o ControlMaster=no -o ControlPath=none';
  return { settings: {}, env: { GIT_SSH_COMMAND: `ssh -i ${quoted} ${options}` } };
}

/** ssh reads keys from files only, and only from those that nobody else may read. */
async function withKeyFile<T>(folder: string, key: string, work: (file: string) => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const file = join(folder, randomUUID());
  try {
    await writeFile(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}
