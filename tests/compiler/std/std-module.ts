import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { builtinNamed } from '../../../src/compiler/builtins/builtin.ts';
import { compile } from '../../../src/compiler/compile.ts';
import { importSignature } from '../../../src/compiler/wasm/imports.ts';
import { typeName, type Type } from '../../../src/compiler/types/type.ts';
import { fileResolver } from '../../../src/toolchain/file-resolver.ts';
import type { HostEnvironment } from '../../../src/wasm-host/environment.ts';
import type { Host } from '../../../src/wasm-host/host.ts';
import type { ImportGroup, ImportSet } from '../../../src/wasm-host/imports/import-group.ts';
import { instantiate } from '../../../src/wasm-host/instantiate.ts';
import { err32, none, ok32, optionalText } from '../../../src/wasm-host/memory/blocks.ts';
import { wasmOf } from '../../helpers/clarity-compile.ts';

const STD = join(import.meta.dirname, '..', '..', '..', 'src', 'compiler', 'std');

/** The names of the bundled modules, sorted. */
export const STD_MODULES = readdirSync(STD).map((file) => file.replace('.clarity', ''));

const pathOf = (name: string) => join(STD, `${name}.clarity`);

/** The text of a bundled module. */
export const readStd = (name: string) => readFileSync(pathOf(name), 'utf8');

/** One bundled module as the entry of a program. */
export function compileStd(name: string) {
  return compile({ path: pathOf(name), text: readStd(name) }, fileResolver());
}

/** A scripted builtin: what it gives for its arguments; `{ err }` is an Err, undefined a None. */
export type Answer = string | bigint | number | boolean | undefined | { readonly err: string };
export type Script = Readonly<Record<string, (...args: never[]) => Answer>>;

/** An instance of a bundled module, with builtins that follow a script and write down how they were called. */
export function runStd(name: string, script: Script = {}, environment: HostEnvironment = {}) {
  const calls: (readonly unknown[])[] = [];
  const imports = [(host: Host) => scripted(host, script, calls)];
  return { instance: instantiate(wasmOf(compileStd(name)), environment, { imports }), calls };
}

const scripted = (host: Parameters<ImportGroup>[0], script: Script, calls: (readonly unknown[])[]): ImportSet =>
  Object.fromEntries(
    Object.entries(script).map(([name, answer]) => {
      const builtin = builtinNamed(name);
      if (builtin === undefined || importSignature(name) === undefined) throw new Error(`no builtin ${name}`);
      const run = (...raw: never[]) => {
        const args = raw.map((value, i) => (isText(builtin.params[i]?.type) ? host.memory.text(value) : value));
        calls.push([name, ...args]);
        return give(host, builtin.result, (answer as (...all: unknown[]) => Answer)(...args));
      };
      return [name, run];
    }),
  );

const isText = (type: Type | undefined) => type !== undefined && typeName(type) === 'String';

/** An answer as the module takes it. */
function give({ memory }: Host, type: Type, answer: Answer): number | bigint | undefined {
  if (typeof answer === 'object') return err32(memory, memory.writeText(answer.err));
  switch (typeName(type)) {
    case 'Unit':
      return undefined;
    case 'Bool':
      return answer === true ? 1 : 0;
    case 'String':
      return memory.writeText(String(answer));
    case 'Option<String>':
      return optionalText(memory, answer as string | undefined);
    case 'Result<String, String>':
      return ok32(memory, memory.writeText(String(answer)));
    case 'Result<Int64, String>': {
      const block = none(memory);
      memory.writeI32(block, 0);
      memory.writeI64(block + 8, answer as bigint);
      return block;
    }
    case 'Result<Float64, String>': {
      const block = none(memory);
      memory.writeI32(block, 0);
      memory.writeF64(block + 8, answer as number);
      return block;
    }
    default:
      return answer as number | bigint;
  }
}
