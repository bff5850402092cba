import type { ByteReader } from './byte-reader.ts';
import { MEMORY_COPY } from './function-code.ts';
import { OP, type Mnemonic } from './opcodes.ts';

const MNEMONICS = new Map<number, Mnemonic>(Object.entries(OP).map(([name, code]) => [code, name as Mnemonic]));
const TYPES = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7c, 'f64'],
]);
const ALIGNMENT: Partial<Record<Mnemonic, number>> = {
  'i64.load': 3,
  'f64.load': 3,
  'i64.store': 3,
  'f64.store': 3,
  'i32.load8_u': 0,
};
/** Deeper code is not indented further: the text stays linear in the code. */
const MAX_INDENT = 32;

/** The name of a value type. */
export function typeName(code: number): string {
  return TYPES.get(code) ?? 'unknown';
}

/** The instructions of one body up to its last `end`, one a line, indented by their blocks. `functionName` gives the name of an index. */
export function printInstructions(body: ByteReader, functionName: (index: number) => string): string {
  let text = '';
  let depth = 0;
  while (!body.done) {
    const code = body.u8();
    const name = MNEMONICS.get(code);
    if (name === undefined) throw new Error(`not an instruction of this compiler: 0x${code.toString(16)}`);
    if (name === 'end') depth--;
    if (depth < 0) break;
    const outdented = name === 'else' ? 1 : 0;
    text += `${'  '.repeat(2 + Math.min(depth - outdented, MAX_INDENT))}${name}${operands(name, body, functionName)}\n`;
    if (name === 'block' || name === 'loop' || name === 'if') depth++;
  }
  return text;
}

function operands(name: Mnemonic, body: ByteReader, functionName: (index: number) => string): string {
  switch (name) {
    case 'block':
    case 'loop':
    case 'if': {
      const type = TYPES.get(body.u8());
      return type === undefined ? '' : ` (result ${type})`;
    }
    case 'br':
    case 'br_if':
    case 'local.get':
    case 'local.set':
    case 'local.tee':
      return ` ${body.u32()}`;
    case 'br_table':
      return ` ${[...body.vector(() => body.u32()), body.u32()].join(' ')}`;
    case 'call':
      return ` ${functionName(body.u32())}`;
    case 'call_indirect': {
      const type = body.u32();
      body.u8();
      return ` (type ${type})`;
    }
    case 'i32.const':
    case 'i64.const':
      return ` ${body.s64()}`;
    case 'f64.const':
      return ` ${float(body.f64())}`;
    case 'memory.copy':
      if (body.u8() !== MEMORY_COPY) throw new Error('not an instruction of this compiler');
      body.raw(2);
      return '';
    default:
      return /\.(load|store)/.test(name) ? memoryOperands(name, body) : '';
  }
}

function memoryOperands(name: Mnemonic, body: ByteReader): string {
  const alignment = body.u32();
  const offset = body.u32();
  const aligned = alignment === (ALIGNMENT[name] ?? 2) ? '' : ` align=${2 ** alignment}`;
  return `${offset === 0 ? '' : ` offset=${offset}`}${aligned}`;
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}
