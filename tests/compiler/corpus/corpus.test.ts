import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { compileFile } from '../../../src/toolchain/compile-file.ts';
import { findings, wasmOf } from '../../helpers/clarity-compile.ts';
import { CORPUS, corpusPrograms, type CorpusCase } from '../../helpers/clarity-corpus.ts';
import { runCorpusCase } from '../../helpers/clarity-corpus-run.ts';

for (const feature of new Set(corpusPrograms.map((program) => program.feature)))
  describe(feature, () => {
    const programs = corpusPrograms.filter((program) => program.feature === feature);
    for (const { file, expect: end, cases = [], diagnostics = [] } of programs) {
      if (end === 'run')
        it(`${file} gives the recorded results`, () => {
          const wasm = wasmOf(compileFile(join(CORPUS, 'public', file)));
          for (const one of cases) expect(runCorpusCase(wasm, one), label(one)).toEqual(recorded(one));
        });
      else
        it(`${file} is refused where it was`, () => {
          const result = compileFile(join(CORPUS, 'public', file));
          expect(result.wasm).toBeUndefined();
          const [first] = result.diagnostics;
          const seen = first && {
            kind: first.kind,
            file: basename(first.source.path),
            line: first.source.position(first.span.start).line,
          };
          const { kind, file: where, line } = diagnostics[0]!;
          expect(seen, findings(result).join('\n')).toEqual({ kind, file: where, line });
        });
    }
  });

const label = ({ function: name, args }: CorpusCase) => `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;

function recorded({ result, error, stdout = [], stderr = [], asserts }: CorpusCase) {
  return {
    ...(error === undefined ? { result: result ?? null } : { error }),
    stdout,
    stderr,
    ...(asserts === undefined ? {} : { asserts }),
  };
}
