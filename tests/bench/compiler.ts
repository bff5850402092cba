import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import ts from 'typescript';

import { compile } from '../../src/compiler/compile.ts';
import type { Row } from './calls.ts';
import { claritySource, typescriptSource } from './like-programs.ts';
import { median } from './load.ts';

const CLARITYC = join(import.meta.dirname, '../../bin/clarityc.js');
const OPTIONS = { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } };
const ROUNDS = 25;

/** What a compilation costs, in process against typescript's transpileModule on like code, and as a command against `node -e 0`. */
export async function benchCompiler(): Promise<readonly Row[]> {
  const texts = { 900: claritySource(900), 3600: claritySource(3_600), 50000: claritySource(50_000) };
  const like = typescriptSource(900);
  for (let i = 0; i < ROUNDS; i++) {
    compiled(texts[900]);
    ts.transpileModule(like, OPTIONS);
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    ours.push(timed(() => compiled(texts[900])));
    theirs.push(timed(() => ts.transpileModule(like, OPTIONS)));
  }
  const small = median(ours);
  const middle = median(times(9, () => compiled(texts[3600])));
  const large = median(times(3, () => compiled(texts[50000])));
  const perLine = (ms: number, lines: number) => `${((ms / lines) * 1000).toFixed(1)} µs a line`;
  return [
    {
      what: 'compile 900 lines, warm',
      value: `${ms(small)}, ${perLine(small, 900)}`,
      ratio: `${(small / median(theirs)).toFixed(2)}x of transpileModule on 900 lines (${ms(median(theirs))})`,
    },
    { what: 'compile 3,600 lines, warm', value: `${ms(middle)}, ${perLine(middle, 3_600)}` },
    {
      what: 'compile 50,000 lines, warm',
      value: `${ms(large)}, ${perLine(large, 50_000)}`,
      ratio: `${(large / 50_000 / (small / 900)).toFixed(2)}x of the cost of a line at 900`,
    },
    await commandRow(),
  ];
}

function compiled(text: string): void {
  const { wasm, diagnostics } = compile({ path: 'like.clarity', text }, { resolve: () => undefined });
  if (wasm === undefined) throw new Error(`the bench's program does not compile: ${diagnostics[0]?.message ?? ''}`);
}

/** The whole life of `clarityc compile` on a file of two lines. */
async function commandRow(): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'clarity-bench-'));
  const file = join(folder, 'two.clarity');
  await writeFile(file, 'module Two\nexport function twice(n: Int64) -> Int64 { n * 2 }\n');
  const bare: number[] = [];
  const command: number[] = [];
  for (let i = 0; i < 9; i++) {
    bare.push(timed(() => run('-e', '0')));
    command.push(timed(() => run(CLARITYC, 'compile', file, '-o', join(folder, 'two.wasm'))));
  }
  await rm(folder, { recursive: true });
  return {
    what: 'clarityc compile, a file of two lines',
    value: ms(median(command)),
    ratio: `${(median(command) / median(bare)).toFixed(2)}x of node -e 0 (${ms(median(bare))})`,
  };
}

function run(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
}

function times(count: number, work: () => void): number[] {
  return Array.from({ length: count }, () => timed(work));
}

function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

const ms = (value: number) => `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
