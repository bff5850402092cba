import { cpus } from 'node:os';

import { benchArrivingManifests } from './arriving-manifests.ts';
import { benchCalls, type Row } from './calls.ts';
import { benchCompiler } from './compiler.ts';
import { benchLife } from './daemon-life.ts';
import { benchSandbox } from './sandbox.ts';
import { benchWasmFleet } from './wasm-fleet.ts';

/** `npm run bench [calls|life|compiler|sandbox|fleet|arrive]`: every figure with its reference from the same run. */
const suites: Record<string, () => Promise<readonly Row[]>> = {
  calls: benchCalls,
  life: benchLife,
  compiler: benchCompiler,
  sandbox: benchSandbox,
  fleet: benchWasmFleet,
  arrive: benchArrivingManifests,
};

const wanted = process.argv.slice(2);
console.log(`node ${process.version}, ${String(cpus().length)} cores\n`);
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const { what, value, ratio } of await suite())
    console.log(`${what.padEnd(52)} ${value.padEnd(44)} ${ratio ?? ''}`);
}
