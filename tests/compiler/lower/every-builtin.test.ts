import { expect, it } from 'vitest';

import { BUILTIN_NAMES, builtinNamed } from '../../../src/compiler/builtins/builtin.ts';
import { bindings, FLOAT64, INT64, STRING, substitute, typeName, type Type } from '../../../src/compiler/types/type.ts';
import { CompiledModule } from '../../../src/wasm-host/compiled-module.ts';
import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';

/** A function that calls the builtin, and one that calls it as a value. */
function uses(name: string, stands: Readonly<Record<string, Type>>): string {
  const builtin = builtinNamed(name);
  if (builtin === undefined) throw new Error(`no builtin ${name}`);
  const by = bindings(
    builtin.typeParams,
    builtin.typeParams.map((param) => stands[param.name] ?? INT64),
  );
  const written = (type: Type) => typeName(substitute(type, by));
  const params = builtin.params.map((param) => `p_${param.name}: ${written(param.type)}`).join(', ');
  const args = builtin.params.map((param) => `p_${param.name}`).join(', ');
  const result = written(builtin.result);
  const effect = builtin.effects.length === 0 ? '' : `effect[${builtin.effects.join(', ')}] `;
  const type = `(${builtin.params.map((param) => written(param.type)).join(', ')}) -> ${result}`;
  return `${effect}function call_${name}(${params}) -> ${result} { ${name}(${args}) }
${effect}function value_${name}(${params}) -> ${result} { let f: ${type} = ${name}; f(${args}) }`;
}

it.each([
  ['numbers', { T: INT64, K: INT64, V: FLOAT64 }],
  ['floats', { T: FLOAT64, K: FLOAT64, V: INT64 }],
  ['texts', { T: STRING, K: STRING, V: STRING }],
])('every builtin gives a valid module, called and as a value, over %s', (_, stands) => {
  const source = ['module All', ...BUILTIN_NAMES.map((name) => uses(name, stands))].join('\n');
  expect(() => new CompiledModule(wasmOf(compileText(source)))).not.toThrow();
});
