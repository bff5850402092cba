import { MASK } from '../shared/mask.ts';
import { createTwoFilesPatch } from 'diff';
import { isScalar, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import { looksSecret } from '../manifest/index.ts';

/** Texts so different that their diff takes longer are not printed. */
const DIFF_TIMEOUT_MS = 1000;
const HEADERS = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };

/** The unified diff of two texts of a file, as `diff -u` prints it; '' where they are equal. The values of secret-looking names are masked. */
export function renderPatch(file: string, before: string, after: string): string {
  if (before === after) return '';
  const old = maskSecretValues(before, undefined);
  const now = maskSecretValues(after, old.secrets);
  const from = before === '' ? '/dev/null' : `a/${file}`;
  const to = after === '' ? '/dev/null' : `b/${file}`;
  const options = { context: 3, headerOptions: HEADERS, timeout: DIFF_TIMEOUT_MS };
  const patch = createTwoFilesPatch(from, to, old.text, now.text, undefined, undefined, options);
  return patch ?? `--- ${from}\n+++ ${to}\n(the texts differ too much to print)\n`;
}

/** Masks secrets; one that is not among those `before` is marked, so that the diff still shows that it changed. */
function maskSecretValues(text: string, before: ReadonlySet<string> | undefined) {
  const secrets = new Set<string>();
  let masked = text;
  for (const { from, to } of secretRanges(text).sort((a, b) => b.from - a.from)) {
    const value = text.slice(from, to);
    secrets.add(value.trim());
    const mark = before === undefined || before.size === 0 || before.has(value.trim()) ? MASK : `${MASK} (changed)`;
    masked = masked.slice(0, from) + mark + (value.endsWith('\n') ? '\n' : '') + masked.slice(to);
  }
  return { text: masked, secrets };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function secretRanges(text: string): Range[] {
  const found: Range[] = [];
  for (const document of parseAllDocuments(text))
    visit(document, {
      Map: (_, map) => {
        found.push(...rangesOf(map));
      },
    });
  return found;
}

/** The value of a secret-looking key, and `value` beside a secret-looking `name` (env and headers). */
function rangesOf(map: YAMLMap): Range[] {
  const name = map.get('name');
  const named = typeof name === 'string' && looksSecret(name);
  return map.items.flatMap(({ key, value }) => {
    const field = isScalar(key) ? String(key.value) : '';
    const secret = looksSecret(field) || (named && field === 'value');
    return secret && isScalar(value) && value.range ? [{ from: value.range[0], to: value.range[1] }] : [];
  });
}
