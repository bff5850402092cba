import { isAbsolute } from 'node:path';
import type { SecretResolver } from '../reconcile/ports.ts';
import { ClarityError } from '../shared/errors.ts';
import { readSecretFile, readSmallFile } from './read-secret-file.ts';
import { parseSecretRef, type SecretPlace } from './secret-ref.ts';

export interface SecretResolverOptions {
  /** The daemon's environment, as it was at start. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that `file:` may read. */
  readonly secretsRoot: string;
  /** Hears of each value that was resolved, so that logs never show it (Redactor.learn). */
  readonly learn: (value: string) => void;
}

/** Resolves secretRefs anew at each call, so that a rotated file is live. Errors name the place, never the value. */
export function createSecretResolver({ env, secretsRoot, learn }: SecretResolverOptions): SecretResolver {
  const read = async (ref: string, place: SecretPlace): Promise<string> => {
    const value =
      place.provider === 'file'
        ? await readSecretFile(secretsRoot, place.path)
        : await readVariable(env, place.variable);
    if (value === undefined || value.trim() === '') throw notFound(ref, place, value === undefined);
    learn(value);
    return value;
  };
  return {
    resolve: (ref) => read(ref, parseSecretRef(ref)),
    async resolveHeader(ref) {
      const place = parseSecretRef(ref);
      const value = (await read(ref, place)).trim();
      // eslint-disable-next-line no-control-regex -- a control character would end the header early
      if (/[\u0000-\u001f\u007f]/.test(value))
        throw new ClarityError(
          'SecretNotFound',
          `the value behind ${JSON.stringify(ref)} cannot stand in a header: it has control characters`,
        );
      if (place.provider === 'env' && place.header !== undefined) return { name: place.header, value };
      return { name: 'Authorization', value: /^bearer /i.test(value) ? value : `Bearer ${value}` };
    },
  };
}

/** A variable that is not set is read from the absolute path in NAME_FILE, as with OPENAI_API_KEY_FILE (original contract §7). */
async function readVariable(env: SecretResolverOptions['env'], name: string): Promise<string | undefined> {
  const value = env[name];
  const path = env[`${name}_FILE`]?.trim() ?? '';
  if ((value !== undefined && value.trim() !== '') || path === '') return value;
  if (!isAbsolute(path))
    throw new ClarityError('SecretNotFound', `${name}_FILE must be an absolute path, not ${JSON.stringify(path)}`);
  return readSmallFile(path, path);
}

function notFound(ref: string, place: SecretPlace, missing: boolean): ClarityError {
  const where = place.provider === 'file' ? `the file ${place.path}` : `the environment variable ${place.variable}`;
  return new ClarityError(
    'SecretNotFound',
    `secretRef ${JSON.stringify(ref)}: ${where} is ${missing ? 'not set' : 'empty'}`,
  );
}
