import { createTwoFilesPatch } from 'diff';
import { looksSecret } from '../../manifest/index.ts';
import { MASK } from '../../shared/mask.ts';

/** Texts so different that their diff takes longer are not printed. */
const TIMEOUT_MS = 1000;
const HEADERS = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };
/** A key and its text in JSON or TOML. */
const PAIR = /("?)([\w.-]+)\1(\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'[^']*')/g;

/** The unified diff of a file as `diff -u` prints it, '' where nothing changes; the values of secret-looking keys are masked. */
export function renderDiff(file: string, before: string, after: string): string {
  if (before === after) return '';
  const from = before === '' ? '/dev/null' : file;
  const options = { context: 3, headerOptions: HEADERS, timeout: TIMEOUT_MS };
  const patch = createTwoFilesPatch(from, file, before, after, undefined, undefined, options);
  if (patch === undefined) return `--- ${from}\n+++ ${file}\n(the texts differ too much to print)\n`;
  return patch.replace(PAIR, (whole: string, quote: string, key: string, sign: string) =>
    looksSecret(key) && !/_env_var$/.test(key) ? `${quote}${key}${quote}${sign}"${MASK}"` : whole,
  );
}
