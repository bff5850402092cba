import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileFile } from '../../src/toolchain/compile-file.ts';
import { wasmOf } from '../helpers/clarity-compile.ts';
import { CORPUS, corpusPrograms } from '../helpers/clarity-corpus.ts';
import { isToolCase, recordedResult, toolArguments } from '../helpers/corpus-tools.ts';
import { actContext, driverRig } from '../helpers/driver-rig.ts';
import { wasmDesired } from '../helpers/wasm-desired.ts';

interface Listed {
  readonly tools: readonly { readonly name: string; readonly inputSchema: { readonly properties?: object } }[];
}

const rig = driverRig();
const driver = rig.driver('local_wasm');
afterAll(() => rig.close());

/** A daemon has no terminal to read from. */
const READS_INPUT = 'bx_stdin.clarity';

const folder = mkdtempSync(join(tmpdir(), 'clarity-corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));

const start = (file: string) => {
  const wasm = wasmOf(compileFile(join(CORPUS, 'public', file)));
  // What computes for long does so on a busy machine, too.
  const limits = { timeoutMs: 20_000, maxConcurrency: 16, countWaits: false };
  return driver.start(wasmDesired(folder, wasm, { limits }, file), actContext());
};

describe('the public corpus, called through the driver', () => {
  // Threads live as long as any program is open.
  beforeAll(() => start('int_ops.clarity'));

  const programs = corpusPrograms.filter(({ expect, file }) => expect === 'run' && file !== READS_INPUT);
  it.each(programs.map(({ file, cases = [] }) => [file, cases.filter(isToolCase)] as const))(
    '%s gives the recorded results',
    async (file, cases) => {
      const ref = await start(file);
      const upstream = driver.connect(ref)!;
      const ask = (method: string, params?: object) => upstream.request(method, params as never, { timeoutMs: 20_000 });
      const { tools } = (await ask('tools/list')) as unknown as Listed;
      const call = (one: (typeof cases)[number]) => {
        const name = `fn__${one.function}`;
        const names = Object.keys(tools.find((tool) => tool.name === name)?.inputSchema.properties ?? {});
        return ask('tools/call', { name, arguments: toolArguments(one, names) });
      };
      const results = await Promise.all(cases.map(call));
      for (const [i, one] of cases.entries())
        expect(results[i], `${one.function}(${JSON.stringify(one.args)})`).toMatchObject(recordedResult(one));
      await driver.stop(ref, { ...actContext(), graceMs: 1000 });
    },
  );
});
