import { ClarityError } from '../../shared/errors.ts';

/** A ref as the remote has it now. */
export interface RemoteRef {
  /** What to fetch: `refs/heads/main`, `refs/tags/v1`, `HEAD`, or a sha. */
  readonly full: string;
  /** As people write it: `main`, `v1`; undefined for a sha. */
  readonly name: string | undefined;
  /** True for what moves by commits and may be pushed to. */
  readonly isBranch: boolean;
  /** Of the commit; of an annotated tag that of what it tags. */
  readonly sha: string;
}

const SHA = /^[0-9a-f]{40}$/;
/** What git check-ref-format refuses, and what could be taken for an option. */
// eslint-disable-next-line no-control-regex -- git forbids control characters in refs
const NO_REF = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|^[-/.]|\/\/|[/.]$|\.lock$|^$/;

/** The names to ask the remote for, the first that exists counts; or the answer where nobody need be asked. Throws ClarityError BadRequest. */
export function refQuestion(ref: string | undefined): readonly string[] | RemoteRef {
  if (ref === undefined) return ['HEAD'];
  if (SHA.test(ref)) return { full: ref, name: undefined, isBranch: false, sha: ref };
  if (NO_REF.test(ref)) throw new ClarityError('BadRequest', `${JSON.stringify(ref)} is no name of a branch or tag`);
  if (ref.startsWith('refs/')) return [ref];
  return [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/tags/${ref}^{}`];
}

/** Reads what `git ls-remote --symref` answered to a question. */
export function remoteRef(asked: readonly string[], answer: string): RemoteRef | undefined {
  const lines = answer.split('\n').map((line) => line.split('\t') as [value?: string, name?: string]);
  const valueOf = (name: string) => lines.find(([value = '', at]) => at === name && SHA.test(value))?.[0];
  const full = asked.find((name) => valueOf(name) !== undefined);
  if (full === undefined) return undefined;
  const target = lines.find(([value = '', at]) => at === full && value.startsWith('ref: '))?.[0]?.slice(5);
  const shown = target ?? full;
  return {
    full: shown,
    name: shown.replace(/^refs\/(?:heads|tags)\//, ''),
    isBranch: shown.startsWith('refs/heads/'),
    sha: valueOf(`${full}^{}`) ?? valueOf(full) ?? '',
  };
}
