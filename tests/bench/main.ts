import { cpus } from 'node:os';

import { benchArrivingManifests } from './arriving-manifests.ts';
import { benchCalls, type Row } from './calls.ts';
import { benchCompiler } from './compiler.ts';
import { benchLife } from './daemon-life.ts';
import { benchGit } from './git.ts';
import { benchSandbox } from './sandbox.ts';
import { benchScale } from './scale.ts';
import { benchStdio } from './stdio.ts';
import { benchWasmFleet } from './wasm-fleet.ts';

/** `npm run bench [calls|stdio|life|compiler|sandbox|fleet|scale|arrive|git]`: every figure with its reference from the same run; numbers are the sizes of `scale` and `git`. */
const suites: Record<string, (sizes: readonly number[]) => Promise<readonly Row[]>> = {
  calls: benchCalls,
  stdio: benchStdio,
  life: benchLife,
  compiler: benchCompiler,
  sandbox: benchSandbox,
  fleet: benchWasmFleet,
  scale: benchScale,
  arrive: benchArrivingManifests,
  git: benchGit,
};

const args = process.argv.slice(2);
const sizes = args.map(Number).filter((size) => size > 0);
const wanted = args.filter((name) => name in suites);
console.log(`node ${process.version}, ${String(cpus().length)} cores\n`);
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const { what, value, ratio } of await suite(sizes))
    console.log(`${what.padEnd(52)} ${value.padEnd(44)} ${ratio ?? ''}`);
}
