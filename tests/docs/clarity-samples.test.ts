import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.ts';
import { fileResolver } from '../../src/toolchain/file-resolver.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';

/** Every block of Clarity in these pages is a whole program. `// call(…) == value` is checked; `// error: E502` says what must be reported. */
const FOLDERS = ['docs/clarity', 'docs/arch', 'examples'];
const PAGES = ['README.md', ...FOLDERS.flatMap(pagesIn)].filter((page) => samplesOf(page).length > 0);

interface Sample {
  readonly title: string;
  readonly text: string;
  readonly claims: readonly string[];
  readonly error: string | undefined;
}

function pagesIn(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith('.md')).map((path) => join(folder, path));
}

function samplesOf(page: string): readonly Sample[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```clarity\n(.*?)^```/gms)].map(([, block = ''], i) => ({
    title: /^module (\w+)/m.exec(block)?.[1] ?? `block ${String(i + 1)}`,
    text: block,
    claims: [...block.matchAll(/^\/\/ (.* == .*)$/gm)].map(([, claim = '']) => claim),
    error: /^\/\/ error: (\w+)$/m.exec(block)?.[1],
  }));
}

/** The sample with a function for each claim. */
function checked({ text, claims }: Sample): string {
  return text + claims.map((claim, i) => `export function claim_${String(i)}() -> Bool { ${claim} }\n`).join('');
}

describe.each(PAGES)('%s', (page) => {
  it.each(samplesOf(page))('$title', (sample) => {
    const { wasm, diagnostics } = compile({ path: resolve('sample.clarity'), text: checked(sample) }, fileResolver());
    if (sample.error !== undefined) {
      expect(diagnostics.map(({ code }) => code)).toEqual([sample.error]);
      return;
    }
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    const instance = instantiate(wasm!, {});
    const results = sample.claims.map((claim, i) => [claim, instance.call(`claim_${String(i)}`, [])]);
    expect(results).toEqual(sample.claims.map((claim) => [claim, true]));
  });
});
