import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { FunctionSymbol, TypedModule } from '../../../src/compiler/typed/typed.ts';
import { typeName } from '../../../src/compiler/types/type.ts';
import { compileStd } from './std-module.ts';

/** Module by module what language.md §12 says: `std/name Module`, then one signature a line. */
const TABLE = readFileSync(join(import.meta.dirname, 'signatures.txt'), 'utf8');

const modules = TABLE.split(/^std\//m)
  .slice(1)
  .map((part) => {
    const [title = '', ...lines] = part.split('\n');
    const [name = '', module = ''] = title.split(' ');
    return { name, module, signatures: lines.map((line) => sorted(line.trim())).filter((line) => line !== '') };
  });

const EXPORTED_TYPES: Readonly<Record<string, readonly string[]>> = {
  map: ['MapEntry<K, V> = { key: K, value: V }'],
  mux: ['MuxEvent = | SseEvent(data: String) | StdinLine(line: String) | SseEnded() | StdinEof() | Timeout()'],
};

describe('the exports of the bundled library', () => {
  it.each(modules)('std/$name', ({ name, module, signatures }) => {
    const entry = compileStd(name).program?.entry;
    expect(entry?.name).toBe(module);
    expect(
      entry?.functions
        .filter(({ exported }) => exported)
        .map(signature)
        .sort(),
    ).toEqual(signatures.sort());
    const types = entry?.types.map(shape) ?? [];
    expect(types.filter((type) => !type.startsWith('Action'))).toEqual(EXPORTED_TYPES[name] ?? []);
  });
});

function signature({ name, effects, typeParams, params, result }: FunctionSymbol): string {
  const list = params.map((param) => `${param.name}: ${typeName(param.type)}`).join(', ');
  const effect = effects.length === 0 ? '' : `effect[${effects.join(', ')}] `;
  const generic = typeParams.length === 0 ? '' : `<${typeParams.map((param) => param.name).join(', ')}>`;
  return `${effect}${name}${generic}(${list}) -> ${typeName(result)}`;
}

/** With its effects in alphabetical order, as the compiler keeps them. */
function sorted(line: string): string {
  return line.replace(/^effect\[(.*?)\]/, (_, names: string) => `effect[${names.split(', ').sort().join(', ')}]`);
}

function shape(type: TypedModule['types'][number]): string {
  const fields = (all: readonly { name: string; type: Parameters<typeof typeName>[0] }[]) =>
    all.map((field) => `${field.name}: ${typeName(field.type)}`).join(', ');
  const params = type.params.length === 0 ? '' : `<${type.params.map(({ name }) => name).join(', ')}>`;
  if (type.kind === 'record') return `${type.name}${params} = { ${fields(type.fields)} }`;
  return `${type.name}${params} = ${type.variants.map((each) => `| ${each.name}(${fields(each.fields)})`).join(' ')}`;
}
