import type { ModuleInterface } from '../../src/compiler/interface/interface.ts';

const I32 = 0x7f;

/** A wasm module made by hand: what no compiler of ours would write. */
export interface HandMade {
  readonly pages?: number;
  readonly maxPages?: number;
  readonly heapBase?: number;
  /** At address 0. */
  readonly data?: Uint8Array;
  /** Functions without parameters that give a number. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Functions of `env` without parameters and results; `call_<name>` calls each. */
  readonly imports?: readonly string[];
  /** Where the functions come from, if not `env`. */
  readonly importModule?: string;
  readonly noMemory?: boolean;
  readonly interface?: ModuleInterface | string;
}

export function handMade(wanted: HandMade): Uint8Array {
  const { constants = {}, imports = [], data = new Uint8Array() } = wanted;
  const names = Object.keys(constants);
  const bodies = [
    ...imports.map((_, i) => [0, 0x10, ...unsigned(i), 0x0b]),
    ...names.map((name) => [0, 0x41, ...signed(constants[name] ?? 0), 0x0b]),
  ];
  const exported = [...imports.map((name) => `call_${name}`), ...names];
  const memory = wanted.noMemory !== true;
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    // Types: () -> () and () -> i32.
    ...section(
      1,
      vector([
        [0x60, 0, 0],
        [0x60, 0, 1, I32],
      ]),
    ),
    ...section(2, vector(imports.map((name) => [...text(wanted.importModule ?? 'env'), ...text(name), 0, 0]))),
    ...section(3, vector([...imports.map(() => [0]), ...names.map(() => [1])])),
    ...(memory ? section(5, vector([[1, ...unsigned(wanted.pages ?? 1), ...unsigned(wanted.maxPages ?? 4)]])) : []),
    ...section(6, vector([[I32, 0, 0x41, ...signed(wanted.heapBase ?? 1024), 0x0b]])),
    ...section(
      7,
      vector([
        ...(memory ? [[...text('memory'), 2, 0]] : []),
        [...text('__heap_base'), 3, 0],
        ...exported.map((name, i) => [...text(name), 0, ...unsigned(imports.length + i)]),
      ]),
    ),
    ...section(10, vector(bodies.map((body) => [...unsigned(body.length), ...body]))),
    ...(memory ? section(11, vector([[0, 0x41, 0, 0x0b, ...unsigned(data.length), ...data]])) : []),
    ...(wanted.interface === undefined ? [] : section(0, [...text('clarity:interface'), ...json(wanted.interface)])),
  ]);
}

/** Little-endian words. */
export function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

const json = (value: ModuleInterface | string) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...unsigned(bytes.length), ...bytes];
}

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(Math.floor(value / 128))];
}

function signed(value: number): number[] {
  const low = value & 127;
  const rest = value >> 7;
  const done = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
  return done ? [low] : [low | 128, ...signed(rest)];
}
