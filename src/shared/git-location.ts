/** How the place of a git source may be written; flags and Source documents share these rules. Each answers what is wrong, as half a sentence. */

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** What git reads as ssh without a scheme. */
const SCP = /^[\w.-]+@[\w.-]+:(?!\/\/)./;

/** True for a folder of this machine without a scheme, which may be relative. */
export function isGitPath(url: string): boolean {
  return !SCHEME.test(url) && !SCP.test(url);
}

/**
 * What is wrong with the address of a repository: https, ssh (also `user@host:path`), file, or a path. A password never stands in it, since
 * addresses are shown, logged and given to git as an argument.
 */
export function gitUrlProblem(url: string): string | undefined {
  if (url === '') return 'names no repository';
  // eslint-disable-next-line no-control-regex -- none of them belongs into an address
  if (/[\u0000-\u0020\u007f#]/.test(url))
    return 'has a blank, a # or a control character in the address of the repository';
  if (url.startsWith('-') || /^[\w.-]*::/.test(url)) return 'has no address that git may be given';
  if (isGitPath(url) || SCP.test(url)) return undefined;
  if (!URL.canParse(url)) return 'has no valid address';
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'ssh:' && protocol !== 'file:')
    return 'must be https, ssh, user@host:path, file or a path';
  const secret = password !== '' || (protocol === 'https:' && username !== '');
  return secret
    ? 'has credentials in the address, where others can read them: declare it in a document of kind Source with secretRef'
    : undefined;
}

/** What is wrong with a branch, a tag or a sha (git check-ref-format, without what nobody writes). */
export function gitRefProblem(ref: string): string | undefined {
  const fine = /^[A-Za-z0-9_][\w./@+#%=,-]{0,254}$/.test(ref) && !/\.\.|\/\/|\/\.|@\{|\.lock$|[./]$/.test(ref);
  return fine ? undefined : 'is no name of a branch or tag, nor a sha';
}

/** What is wrong with a folder of a repository: it is relative, and stays inside; `.` is the root. */
export function gitFolderProblem(path: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- none of them belongs into a path
  if (path === '' || /[\u0000-\u001f\u007f\\]/.test(path)) return 'is no folder of a repository';
  if (path.startsWith('/') || path.split('/').includes('..')) return 'must be a folder inside of the repository';
  return undefined;
}

/** The folder without `./` and doubled or closing slashes; `.` for the root. */
export function plainGitFolder(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/') || '.'
  );
}
