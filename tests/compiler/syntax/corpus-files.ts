import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../fixtures/clarity-corpus', import.meta.url));

export interface CorpusFile {
  /** Below the corpus folder: `public/int_ops.clarity`. */
  readonly path: string;
  readonly text: string;
}

export interface RejectedProgram {
  readonly file: string;
  readonly diagnostics: readonly { readonly kind: string; readonly line: number }[];
}

/** Every source text of the corpus, its broken programs too. */
export function corpusFiles(folder = ROOT): readonly CorpusFile[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return corpusFiles(path);
    return name.endsWith('.clarity') ? [{ path: path.slice(ROOT.length + 1), text: readFileSync(path, 'utf8') }] : [];
  });
}

/** The programs that do not parse: `rp_…` and `rf_…`. */
export function unparsablePrograms(): readonly RejectedProgram[] {
  const { programs } = JSON.parse(readFileSync(join(ROOT, 'public/cases.json'), 'utf8')) as {
    programs: RejectedProgram[];
  };
  return programs.filter(({ file }) => /^r[pf]_/.test(file));
}
