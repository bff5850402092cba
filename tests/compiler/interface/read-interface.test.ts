import { expect, it } from 'vitest';

import { readInterface } from '../../../src/compiler/interface/decode.ts';
import { encodeInterface } from '../../../src/compiler/interface/encode.ts';
import { INTERFACE_SECTION, type ModuleInterface } from '../../../src/compiler/interface/interface.ts';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const leb = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);
const section = (id: number, content: readonly number[]) => [id, ...leb(content.length), ...content];
const custom = (name: string, content: Uint8Array) => {
  const text = [...new TextEncoder().encode(name)];
  return section(0, [...leb(text.length), ...text, ...content]);
};
const wasm = (...sections: readonly number[][]) => Uint8Array.from([...HEADER, ...sections.flat()]);

const full: ModuleInterface = {
  version: 1,
  module: 'Shop',
  doc: 'Über uns\n',
  functions: [
    {
      name: 'pay',
      exported: true,
      doc: 'Pays.',
      params: [
        { name: 'cart', type: { type: 'Cart', args: ['Int64'] } },
        { name: 'then', type: { function: { params: ['Bool', { map: ['String', 'Float64'] }], result: 'Unit' } } },
      ],
      result: { result: [{ option: { list: { type: 'Item' } } }, 'String'] },
      effects: ['Log', 'Network'],
    },
  ],
  types: [
    { name: 'Item', kind: 'record', fields: [{ name: 'at', type: 'Timestamp', doc: 'When.' }] },
    {
      name: 'Cart',
      kind: 'union',
      params: ['T'],
      variants: [
        { name: 'Empty', fields: [] },
        {
          name: 'Full',
          doc: 'Some.',
          fields: [
            { name: 'value', type: { param: 'T' } },
            { name: 'raw', type: 'Bytes' },
          ],
        },
      ],
    },
  ],
};
const SECTION = custom(INTERFACE_SECTION, encodeInterface(full));

it('reads back what was written, wherever the section stands', () => {
  expect(readInterface(wasm(SECTION))).toEqual(full);
  const other = custom('name', new Uint8Array(300));
  expect(readInterface(wasm(section(1, [0]), other, SECTION, section(10, [0])))).toEqual(full);
});

const edited = (edit: (value: any) => void) => {
  const value = structuredClone(full);
  edit(value);
  return wasm(custom(INTERFACE_SECTION, encodeInterface(value)));
};
const raw = (text: string) => wasm(custom(INTERFACE_SECTION, new TextEncoder().encode(text)));
const nested = `${'{"list":'.repeat(5000)}"Int64"${'}'.repeat(5000)}`;

it.each<[string, Uint8Array]>([
  ['no bytes', new Uint8Array()],
  ['no wasm', Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9])],
  ['a wasm without the section', wasm(section(1, [0]))],
  ['a section that ends behind the file', wasm(SECTION).subarray(0, -1)],
  ['a size without end', Uint8Array.from([...HEADER, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
  ['a size that is cut off', Uint8Array.from([...HEADER, 0, 0x80])],
  ['a name that is longer than its section', wasm(section(0, [0xff, 0x7f, 1]))],
  ['no JSON', raw('{')],
  ['no UTF-8', wasm(custom(INTERFACE_SECTION, Uint8Array.from([0x22, 0xff, 0x22])))],
  ['another version', edited((it) => (it.version = 2))],
  ['no functions', edited((it) => (it.functions = {}))],
  ['a name that is no text', edited((it) => (it.functions[0].name = 1))],
  ['an unknown scalar', edited((it) => (it.functions[0].result = 'Int32'))],
  ['a name from the prototype', edited((it) => (it.functions[0].result = 'toString'))],
  ['a type that is not there', edited((it) => (it.functions[0].result = { type: 'Nothing' }))],
  ['a type with too few arguments', edited((it) => (it.functions[0].result = { type: 'Cart' }))],
  ['a type parameter outside of its type', edited((it) => (it.functions[0].result = { param: 'T' }))],
  ['two types of one name', edited((it) => (it.types[0].name = 'Cart'))],
  ['a kind of no type', edited((it) => (it.types[0].kind = 'alias'))],
  ['a map with one part', edited((it) => (it.functions[0].result = { map: ['String'] }))],
  ['an effect that is no text', edited((it) => (it.functions[0].effects = [1]))],
  [
    'types without end',
    raw(
      `{"version":1,"module":"M","functions":[{"name":"f","exported":true,"params":[],"effects":[],"result":${nested}}],"types":[]}`,
    ),
  ],
])('answers undefined for %s', (_, bytes) => {
  expect(readInterface(bytes)).toBeUndefined();
});
