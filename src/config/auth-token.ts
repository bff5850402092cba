import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorMessage } from '../shared/errors.ts';
import { usage, type Setting, type Settings } from './settings.ts';

/** What a header can carry in one piece. */
const TOKEN = /^[\x21-\x7e]{1,4096}$/;

/**
 * The daemon's token: a flag (the token or its file), then CLARITYD_AUTH_TOKEN, CLARITYD_AUTH_TOKEN_FILE, CLARITY_API_TOKEN; an empty
 * variable hides none of those after it. Throws ClarityError Usage that never shows the token.
 */
export function readAuthToken(settings: Settings, cwd: string, warn: (text: string) => void): string | undefined {
  const [flag] = settings.flag('CLARITYD_AUTH_TOKEN') ?? [];
  const [fileFlag] = settings.flag('CLARITYD_AUTH_TOKEN_FILE') ?? [];
  if (flag !== undefined && fileFlag !== undefined) throw usage(fileFlag, 'and --auth-token exclude each other');
  if (flag !== undefined) return checked(flag);
  if (fileFlag !== undefined) return readTokenFile(fileFlag, cwd, warn);
  const [own] = settings.variable('CLARITYD_AUTH_TOKEN');
  if (own !== undefined) return checked(own);
  const [file] = settings.variable('CLARITYD_AUTH_TOKEN_FILE');
  if (file !== undefined) return readTokenFile(file, cwd, warn);
  const [original] = settings.variable('CLARITY_API_TOKEN');
  return original === undefined ? undefined : checked(original);
}

function readTokenFile(setting: Setting, cwd: string, warn: (text: string) => void): string {
  const path = resolve(cwd, setting.value);
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
    if ((statSync(path).mode & 0o077) !== 0) warn(`the token file ${path} can be read by others: chmod 600 it`);
  } catch (error) {
    throw usage(setting, `cannot be read: ${errorMessage(error)}`);
  }
  if (!TOKEN.test(text)) throw usage(setting, 'holds no token: one line of printable characters without spaces');
  return text;
}

function checked({ value, from }: Setting): string {
  if (TOKEN.test(value)) return value;
  throw usage({ value: '', from }, 'is no token: it must be printable characters without spaces');
}
