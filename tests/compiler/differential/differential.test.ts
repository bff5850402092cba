import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';
import { ClarityRun } from '../../helpers/clarity-run.ts';
import { sized } from '../../helpers/size.ts';
import { argument, toHost } from './argument.ts';
import { Choices } from './choices.ts';
import { evaluate, type Value } from './evaluate.ts';
import { generateProgram } from './generate.ts';
import { printProgram } from './print.ts';
import { shape } from './shape.ts';
import type { Func, Program } from './tree.ts';

interface Call {
  readonly fn: Func;
  readonly args: readonly Value[];
}

/** A program with two calls of each of its functions. */
const program = fc.array(fc.nat(9_999), { minLength: 5, maxLength: 1_500, size: 'max' }).map((numbers) => {
  const choices = new Choices(numbers);
  const tree = generateProgram(choices);
  const inputs = new Choices(numbers.toReversed());
  const calls = [...tree.functions, ...tree.functions].map((fn): Call => {
    return { fn, args: fn.params.map(({ ty }) => argument(inputs, ty)) };
  });
  return { tree, calls, [fc.toStringMethod]: () => printProgram(tree) };
});

describe('a compiled random program', () => {
  it('does what the evaluator of its tree does', () => {
    fc.assert(
      fc.property(program, ({ tree, calls }) => {
        const run = new ClarityRun(wasmOf(compileText(printProgram(tree))));
        for (const call of calls) compare(tree, run, call);
      }),
      { numRuns: sized(150, 6_000) },
    );
  });
});

function compare(tree: Program, run: ClarityRun, { fn, args }: Call): void {
  const wanted = evaluate(tree, fn.name, args);
  // It takes too long to be worth it.
  if (wanted === undefined) return;
  const values = fn.params.map(({ ty }, i) => toHost(ty, args[i]!));
  const got = run.call(fn.name, values);
  const seen = 'error' in got ? { error: got.error } : { result: shape(got.result) };
  const label = `${fn.name}(${args.map((arg) => fc.stringify(arg)).join(', ')})`;
  expect({ ...seen, stdout: got.stdout }, label).toEqual(
    'error' in wanted ? wanted : { result: shape(wanted.result), stdout: wanted.stdout },
  );
}
