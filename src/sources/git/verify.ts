import { stat } from 'node:fs/promises';
import type { Why } from '../../reconcile/ports.ts';
import { oneLine } from '../../shared/text.ts';
import { wordsOf } from './git.ts';
import type { Mirror } from './mirror.ts';

export type Verified = Why & { readonly status: 'True' | 'False' };

/** Signatures of other kinds are made by keys that the file does not name: whoever is in the daemon's key ring may not sign because of it. */
const SETTINGS = {
  'gpg.format': 'ssh',
  'gpg.program': '/bin/false',
  'gpg.openpgp.program': '/bin/false',
  'gpg.x509.program': '/bin/false',
  'gpg.minTrustLevel': 'fully',
};

/** Whether a commit is signed by an SSH key of an allowed signers file (ssh-keygen(1), ALLOWED SIGNERS), at the time of the commit. */
export async function verifyCommit(
  mirror: Mirror,
  sha: string,
  allowedSigners: string,
  signal: AbortSignal,
): Promise<Verified> {
  const short = sha.slice(0, 12);
  const file = await stat(allowedSigners).catch(() => undefined); // unreadable is as bad as missing
  if (file?.isFile() !== true)
    return {
      status: 'False',
      reason: 'CannotVerify',
      message: `the allowed signers file ${allowedSigners} cannot be read`,
    };
  const settings = { ...SETTINGS, 'gpg.ssh.allowedSignersFile': allowedSigners };
  const result = await mirror.run(['verify-commit', sha], { settings, signal });
  if (result.code === 0)
    return { status: 'True', reason: 'Verified', message: oneLine(`commit ${short}: ${result.stderr}`, 300) };
  if (result.stderr.trim() === '')
    return { status: 'False', reason: 'NotSigned', message: `commit ${short} is not signed` };
  const message = `commit ${short} is not signed by anybody whom ${allowedSigners} names: ${wordsOf(result)}`;
  return { status: 'False', reason: 'SignerNotAllowed', message };
}
