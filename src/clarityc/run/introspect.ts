import { readFileSync } from 'node:fs';
import { CliError, EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { renderJson } from '../../cli/output/format.ts';
import { BUILTIN_NAMES, builtinNamed, EFFECTS } from '../../compiler/builtins/builtin.ts';
import { readInterface } from '../../compiler/interface/decode.ts';
import { OPTION, RESULT, SCALARS } from '../../compiler/types/type.ts';
import { compileFile } from '../../toolchain/compile-file.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/introspect.ts';
import { reading } from '../entry-file.ts';
import { printFindings } from '../output/print-findings.ts';

/** The body of `clarityc introspect`. */
export async function runIntrospect(context: CommandContext, options: Options): Promise<ExitCode> {
  const { interface: file } = options;
  if (file !== undefined) return printInterface(context, file);
  const all = options.builtins !== true && options.effects !== true && options.types !== true;
  const parts = {
    ...(all || options.builtins === true ? { builtins: builtins() } : {}),
    ...(all || options.effects === true ? { effects: effects() } : {}),
    ...(all || options.types === true ? { types: types() } : {}),
  };
  context.print(renderJson(parts));
  return EXIT.ok;
}

async function printInterface(context: CommandContext, file: string): Promise<ExitCode> {
  if (file.endsWith('.wasm')) {
    const found = reading(context, file, (path) => readInterface(readFileSync(path)));
    if (found === undefined)
      throw new CliError(EXIT.no, `${file} does not describe its functions: this compiler did not make it`);
    context.print(renderJson(found));
    return EXIT.ok;
  }
  const { diagnostics, interface: found } = reading(context, file, compileFile);
  await printFindings(context, diagnostics, { format: 'text', warnings: 'hide' });
  if (found === undefined) return EXIT.no;
  context.print(renderJson(found));
  return EXIT.ok;
}

function builtins(): readonly object[] {
  return BUILTIN_NAMES.flatMap((name) => {
    const builtin = builtinNamed(name);
    if (builtin === undefined) return [];
    const { group, signature, effects: has, doc } = builtin;
    return [{ name, group, signature, effects: has, doc }];
  });
}

function effects(): readonly object[] {
  const all = builtins() as readonly { name: string; effects: readonly string[] }[];
  return EFFECTS.map((name) => ({
    name,
    builtins: all.filter((each) => each.effects.includes(name)).map((each) => each.name),
  }));
}

function types(): readonly object[] {
  const scalars = Object.keys(SCALARS).map((name) => ({ name, kind: 'scalar', params: [] }));
  const unions = [OPTION, RESULT].map(({ name, params, variants }) => ({
    name,
    kind: 'union',
    params: params.map((param) => param.name),
    variants: variants.map((variant) => ({ name: variant.name, fields: variant.fields.map((field) => field.name) })),
  }));
  const containers = [
    { name: 'List', kind: 'container', params: ['T'] },
    { name: 'Map', kind: 'container', params: ['K', 'V'] },
  ];
  return [...scalars, ...containers, ...unions];
}
