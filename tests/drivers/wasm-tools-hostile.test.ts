import { describe, expect, it } from 'vitest';
import { readInterface } from '../../src/compiler/interface/decode.ts';
import type { InterfaceType, ModuleInterface, TypeRef } from '../../src/compiler/interface/interface.ts';
import { listedFunctions } from '../../src/drivers/wasm/tools/listed-functions.ts';
import { toolList } from '../../src/drivers/wasm/tools/tool-list.ts';
import { handMade } from '../wasm-host/wasm-bytes.ts';

const fn = (name: string, result: TypeRef) => ({ name, exported: true, params: [], result, effects: [] });
const record = (name: string, ...types: readonly TypeRef[]): InterfaceType => ({
  name,
  kind: 'record',
  fields: types.map((type, i) => ({ name: `f${i}`, type })),
});
const described = (functions: ModuleInterface['functions'], types: readonly InterfaceType[]): ModuleInterface => ({
  version: 1,
  module: 'M',
  functions,
  types,
});

describe('an interface that was made to do harm', () => {
  it('with a long chain of types is looked through once', () => {
    const length = 100_000;
    const types = Array.from({ length }, (_, i) =>
      record(`T${i}`, i < length - 1 ? { type: `T${i + 1}` } : { function: { params: [], result: 'Int64' } }),
    );
    expect(listedFunctions(described([fn('a', { type: 'T0' }), fn('b', 'Int64')], types))).toEqual([fn('b', 'Int64')]);
  });

  it('with many schemas that are too large makes few of them', () => {
    const wide = record('Wide', ...Array.from({ length: 2900 }, () => 'Int64' as const));
    const functions = Array.from({ length: 900 }, (_, i) => fn(`f${i}`, { type: 'Wide' }));
    let reads = 0;
    const counted = {
      ...wide,
      get fields() {
        reads++;
        return wide.kind === 'record' ? wide.fields : [];
      },
    } as InterfaceType;
    const signatures = new Map(functions.map(({ name }) => [name, { params: [], results: [] }]));
    expect(toolList({ description: described(functions, [counted]), signatures })).toHaveLength(902);
    expect(reads).toBeLessThan(50);
  });

  it('that tells of one function twice is none', () => {
    const description = described([fn('f', 'String'), fn('f', 'Bool')], []);
    expect(readInterface(handMade({ constants: { f: 0 }, interface: description }))).toBeUndefined();
  });
});
