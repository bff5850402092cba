import { HostError } from '../host-error.ts';
import type { Host } from '../host.ts';
import type { MapKey } from '../maps/map-store.ts';
import { newList } from '../memory/blocks.ts';
import { RecordValue, VariantValue, type ClarityValue } from '../value.ts';
import { describe } from './describe.ts';
import { cellOfFloat } from './float-cell.ts';
import { shapeName, sizeOf, strideOf, type Payload, type Shape } from './shape.ts';
import { renderPath, type ValuePath } from './value-path.ts';

/** A block that has its address, and not yet its content. */
interface Task {
  readonly payload: Payload;
  readonly address: number;
  readonly fields: ReadonlyMap<string, ClarityValue>;
  readonly path: ValuePath | undefined;
}
interface ListTask {
  readonly element: Shape;
  readonly address: number;
  readonly items: readonly ClarityValue[];
  readonly path: ValuePath | undefined;
}

/**
 * Puts Clarity values into the memory of an instance (abi.md §2). Works through a list of blocks instead of calling itself, so that the depth
 * of a value does not matter. Throws `bad-argument` for a value that does not have the type, and says where inside of it.
 */
export class Encoder {
  readonly #host: Host;
  readonly #tasks: (Task | ListTask)[] = [];
  #left = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The wasm value: bigint for i64, number for i32 and f64; undefined for Unit. */
  encode(shape: Shape, value: ClarityValue): number | bigint | undefined {
    this.#left = this.#host.limits.values;
    try {
      const raw = this.#raw(shape, value, undefined);
      for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
        if ('items' in task) this.#fillList(task);
        else this.#fillFields(task);
      }
      return raw;
    } finally {
      // After a failure, too: what was begun is let go.
      this.#tasks.length = 0;
    }
  }

  #raw(shape: Shape, value: ClarityValue, path: ValuePath | undefined): number | bigint | undefined {
    switch (shape.kind) {
      case 'Int64':
      case 'Timestamp':
        if (isInt64(value)) return value;
        break;
      case 'Float64':
        if (typeof value === 'number') return value;
        break;
      case 'Bool':
        if (typeof value === 'boolean') return value ? 1 : 0;
        break;
      case 'Unit':
        if (value === undefined) return undefined;
        break;
      default:
        return this.#block(shape, value, path);
    }
    return refuse(shape, value, path);
  }

  /** Pointer or handle of everything that is not a scalar. */
  #block(shape: Shape, value: ClarityValue, path: ValuePath | undefined): number {
    const { memory, limits } = this.#host;
    if (--this.#left < 0) {
      throw new HostError('bad-argument', `The value is too large: it holds over ${limits.values} values.`);
    }
    switch (shape.kind) {
      case 'String':
        if (typeof value === 'string') return memory.writeText(value);
        break;
      case 'Bytes':
        if (value instanceof Uint8Array) return memory.writeBytes(value);
        break;
      case 'list':
        if (isList(value)) return this.#list(shape.element, value, path);
        break;
      case 'map':
        if (value instanceof Map) return this.#map(shape.key, shape.value, value, path);
        break;
      case 'record':
        if (value instanceof RecordValue) return this.#fields(shape.payload, shape.payload.size, 0, value.fields, path);
        break;
      case 'union':
        if (value instanceof VariantValue) {
          const tag = shape.variants.findIndex(({ name }) => name === value.name);
          const variant = shape.variants[tag];
          if (variant === undefined) break;
          const address = this.#fields(variant.payload, shape.size, 8, value.fields, path);
          memory.writeI32(address, tag);
          return address;
        }
        break;
      default:
        break;
    }
    return refuse(shape, value, path);
  }

  #fields(
    payload: Payload,
    size: number,
    start: number,
    fields: ReadonlyMap<string, ClarityValue>,
    path: ValuePath | undefined,
  ): number {
    const address = this.#host.memory.alloc(size);
    for (const { name } of payload.fields) {
      if (!fields.has(name)) refuseField(`has no field \`${name}\``, path);
    }
    if (fields.size > payload.fields.length) {
      const known = new Set(payload.fields.map(({ name }) => name));
      for (const name of fields.keys()) if (!known.has(name)) refuseField(`has a field \`${name}\` too many`, path);
    }
    if (payload.fields.length > 0) this.#tasks.push({ payload, address: address + start, fields, path });
    return address;
  }

  #list(element: Shape, items: readonly ClarityValue[], path: ValuePath | undefined): number {
    const address = newList(this.#host.memory, items.length, strideOf(element));
    this.#tasks.push({ element, address: address + 4, items, path });
    return address;
  }

  #map(
    key: Shape,
    value: Shape,
    entries: ReadonlyMap<ClarityValue, ClarityValue>,
    path: ValuePath | undefined,
  ): number {
    const { maps } = this.#host;
    let map = maps.get(maps.create());
    for (const [entryKey, entryValue] of entries) {
      const inside = { parent: path, step: `[${describe(entryKey)}]` };
      const raw = this.#raw(value, entryValue, inside) ?? 0;
      const cell = value.kind === 'Float64' ? cellOfFloat(Number(raw)) : raw;
      map = map.set(this.#key(key, entryKey, inside), cell);
    }
    return maps.add(map);
  }

  #key(shape: Shape, key: ClarityValue, path: ValuePath | undefined): MapKey {
    if (shape.kind === 'String' && typeof key === 'string') return key.replace(/\p{Surrogate}/gu, '\uFFFD');
    const raw = this.#raw(shape, key, path);
    // As a key, -0 is 0, which it equals.
    if (shape.kind === 'Float64') return cellOfFloat(Number(raw) + 0);
    if (sizeOf(shape) === 8 || shape.kind === 'Bool') return BigInt(raw ?? 0);
    return refuse(shape, key, path);
  }

  #fillFields({ payload, address, fields, path }: Task): void {
    for (const { name, offset, shape } of payload.fields) {
      this.#store(shape, fields.get(name), address + offset, path, name);
    }
  }

  #fillList({ element, address, items, path }: ListTask): void {
    const stride = strideOf(element);
    let at = address;
    for (let i = 0; i < items.length; i++) {
      this.#store(element, items[i], at, path, i);
      at += stride;
    }
  }

  #store(shape: Shape, value: ClarityValue, at: number, path: ValuePath | undefined, step: string | number): void {
    const { memory } = this.#host;
    // The two that fill long lists need no path unless they are refused.
    if (shape.kind === 'Float64' && typeof value === 'number') return memory.writeF64(at, value);
    if (shape.kind === 'Int64' && isInt64(value)) return memory.writeI64(at, value);
    const raw = this.#raw(shape, value, { parent: path, step });
    if (raw === undefined) return;
    if (typeof raw === 'bigint') memory.writeI64(at, raw);
    else if (shape.kind === 'Float64') memory.writeF64(at, raw);
    else memory.writeI32(at, raw);
  }
}

function isInt64(value: ClarityValue): value is bigint {
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
}

function isList(value: ClarityValue): value is readonly ClarityValue[] {
  return Array.isArray(value);
}

function refuse(shape: Shape, value: ClarityValue, path: ValuePath | undefined): never {
  const where = renderPath(path);
  const at = where === '' ? '' : ` at \`${where}\``;
  const why =
    shape.kind === 'function' ? 'a function of Clarity cannot be passed in' : `${shapeName(shape)} is expected`;
  throw new HostError('bad-argument', `The value${at} is ${describe(value)}, where ${why}.`);
}

function refuseField(what: string, path: ValuePath | undefined): never {
  const where = renderPath(path);
  throw new HostError('bad-argument', `The value${where === '' ? '' : ` at \`${where}\``} ${what}.`);
}
