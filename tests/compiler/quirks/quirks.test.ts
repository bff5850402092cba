import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { compileFile } from '../../../src/toolchain/compile-file.ts';
import { findings, wasmOf } from '../../helpers/clarity-compile.ts';
import { CORPUS, quirks, toCorpus, type Json, type Quirk } from '../../helpers/clarity-corpus.ts';
import { ClarityRun } from '../../helpers/clarity-run.ts';
import { record, some, variant } from '../../helpers/clarity-values.ts';
import type { ClarityValue } from '../../../src/wasm-host/value.ts';

/** Arguments that the list of quirks gives only for programs that the reference could run, and the calls that it leaves out. */
const CALLS: Readonly<Record<string, readonly (readonly ClarityValue[])[]>> = {
  'binding-arm-plain': [[5n]],
  'binding-arm-bool': [[true]],
  'guard-binding-used-in-body': [[50n]],
  'nested-literal-pattern': [[1n], [7n]],
  'nested-constructor-pattern': [[9n]],
  'guard-string-literal': [['up']],
  'guards-in-tail-recursion': [[50n], [500n]],
  'guard-eager-arms': [[variant('A', { n: 50n })]],
  'named-pattern-order': [[3n]],
  'const-use': [[9n]],
  'recursive-type': [[9n]],
  'forward-type': [[9n]],
  'float-literal-pattern': [[2.5], [9]],
  'short-circuit': [[false]],
  'string-order': [['a', 'b']],
  'equality-structured': [[record({ a: 1n })]],
  'call-a-call': [[1n]],
  'call-a-field': [[3n]],
  'builtin-as-value': [[3n]],
  'nested-lambda-outer-capture': [[1n]],
  'match-operand-union': [[variant('A', { n: 5n })]],
  'generic-record': [[3n]],
  'generic-tco': [[1_000_000n]],
  'shadowed-self-name': [[4n]],
  'arm-shadow-leak': [[some(4n)]],
  'list-intrinsic-shadow': [[3n]],
  'export-builtin-name': [[4n]],
  'fn-type-alias': [[4n]],
  'map-new-argument': [[]],
};

const results = ({ recommended }: Quirk) =>
  Object.entries(recommended).filter(
    (entry): entry is [string, readonly Json[]] => Array.isArray(entry[1]) && entry[0] !== 'stdout',
  );

describe('quirks of the reference, as they should be', () => {
  for (const quirk of quirks) {
    const { id, file, recommended } = quirk;
    const compiled = () => compileFile(join(CORPUS, file));
    const { reject } = recommended;
    if (reject !== undefined)
      it(`${id} is refused: ${reject}`, () => {
        const result = compiled();
        const [first] = result.diagnostics;
        const at = first?.source.position(first.span.start);
        const [kind, place] = reject.split(' at ');
        const seen = place === undefined ? first?.kind : `${first?.kind ?? ''} at ${at?.line ?? 0}:${at?.column ?? 0}`;
        expect(seen, findings(result).join('\n')).toBe(place === undefined ? kind : reject);
      });
    for (const [name, values] of results(quirk))
      it(`${id}: ${recommended.why}`, () => {
        const wasm = wasmOf(compiled());
        const calls = CALLS[id] ?? [[]];
        calls.forEach((args, i) => {
          const outcome = new ClarityRun(wasm).call(name, args);
          expect('error' in outcome ? outcome.error : toCorpus(outcome.result)).toEqual(values[i]);
          if (recommended.stdout !== undefined) expect(outcome.stdout).toEqual(recommended.stdout);
        });
      });
  }
});
