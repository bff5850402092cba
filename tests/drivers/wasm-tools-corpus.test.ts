import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src/drivers/wasm/tools/call-tool.ts';
import { compileFile } from '../../src/toolchain/compile-file.ts';
import { CompiledModule } from '../../src/wasm-host/compiled-module.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';
import { TextInput } from '../../src/wasm-host/text-input.ts';
import { wasmOf } from '../helpers/clarity-compile.ts';
import { CORPUS, corpusPrograms, corpusType, type CorpusCase, type Json } from '../helpers/clarity-corpus.ts';
import { corpusJson } from '../helpers/corpus-json.ts';

/** Functions cannot be passed; who takes or gives one is no tool. */
const isTool = ({ params, returns }: CorpusCase) => ![...params, returns].some((type) => type.includes('Fn('));

/** The case as a call of its tool, on a host that is the same every time. */
function call(module: CompiledModule, { function: name, params, args, stdin = '' }: CorpusCase) {
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
  const given = params.map((type, i) => [names[i], corpusJson(corpusType(type), args[i])]);
  const outcome = callTool(instance, name, Object.fromEntries(given) as Record<string, Json>);
  instance.dispose();
  return outcome;
}

/** What was recorded, as a tool gives it. */
function recorded({ returns, result, error }: CorpusCase): unknown {
  if (error !== undefined) return { isError: true };
  const type = corpusType(returns);
  const json = corpusJson(type, result ?? null);
  if (type.kind === 'record') return { structuredContent: json };
  if (!returns.startsWith('Result<')) return { structuredContent: { result: json } };
  const { ok, err } = json as { ok?: Json; err?: Json };
  if (ok === undefined)
    return { isError: true, content: [{ text: typeof err === 'string' ? err : JSON.stringify(err) }] };
  const isRecord = returns.startsWith('Result<Record');
  return { structuredContent: isRecord ? ok : { result: ok } };
}

describe('the public corpus, called as tools', () => {
  const programs = corpusPrograms.filter((program) => program.expect === 'run');
  it.each(programs.map(({ file, cases = [] }) => [file, cases.filter(isTool)] as const))(
    '%s gives the recorded results',
    (file, cases) => {
      const module = new CompiledModule(wasmOf(compileFile(join(CORPUS, 'public', file))));
      for (const one of cases) {
        const { result } = call(module, one);
        expect(result, `${one.function}(${JSON.stringify(one.args)})`).toMatchObject(recorded(one) as object);
      }
    },
  );
});
