import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src/drivers/wasm/tools/call-tool.ts';
import { compileFile } from '../../src/toolchain/compile-file.ts';
import { CompiledModule } from '../../src/wasm-host/compiled-module.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';
import { TextInput } from '../../src/wasm-host/text-input.ts';
import { wasmOf } from '../helpers/clarity-compile.ts';
import { CORPUS, corpusPrograms, type CorpusCase } from '../helpers/clarity-corpus.ts';
import { isToolCase, recordedResult, toolArguments } from '../helpers/corpus-tools.ts';

/** The case as a call of its tool, on a host that is the same every time. */
function call(module: CompiledModule, one: CorpusCase) {
  const { function: name, stdin = '' } = one;
  const instance = instantiate(module, {
    stdout: () => undefined,
    stderr: () => undefined,
    now: () => 1_700_000_000_000,
    random: () => 0,
    sleep: () => undefined,
    args: [],
    stdin: new TextInput(stdin),
  });
  const names = instance.interface?.functions.find((fn) => fn.name === name)?.params.map((param) => param.name) ?? [];
  const outcome = callTool(instance, name, toolArguments(one, names));
  instance.dispose();
  return outcome;
}

describe('the public corpus, called as tools', () => {
  const programs = corpusPrograms.filter((program) => program.expect === 'run');
  it.each(programs.map(({ file, cases = [] }) => [file, cases.filter(isToolCase)] as const))(
    '%s gives the recorded results',
    (file, cases) => {
      const module = new CompiledModule(wasmOf(compileFile(join(CORPUS, 'public', file))));
      for (const one of cases) {
        const { result } = call(module, one);
        expect(result, `${one.function}(${JSON.stringify(one.args)})`).toMatchObject(recordedResult(one));
      }
    },
  );
});
