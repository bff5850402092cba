import { HostError } from '../host-error.ts';
import type { Host } from '../host.ts';
import type { MapCell, MapKey } from '../maps/map-store.ts';
import { listCount } from '../memory/blocks.ts';
import { FunctionValue, RecordValue, VariantValue, type ClarityValue } from '../value.ts';
import { floatOfCell } from './float-cell.ts';
import {
  shapeName,
  strideOf,
  type ListShape,
  type MapShape,
  type Payload,
  type RecordShape,
  type Shape,
  type UnionShape,
} from './shape.ts';

/** What a record or variant costs on the host's side, in elements of a list. */
const RECORD_WEIGHT = 8;

/** A record or variant whose fields are not yet read. */
interface FieldsTask {
  readonly payload: Payload;
  readonly address: number;
  readonly fields: Map<string, ClarityValue>;
}
interface ListTask {
  readonly element: Shape;
  readonly address: number;
  readonly count: number;
  readonly items: ClarityValue[];
}
interface MapTask {
  readonly value: Shape;
  readonly entries: Map<ClarityValue, ClarityValue>;
  readonly cells: readonly MapCell[];
}

/**
 * Reads Clarity values out of the memory of an instance (abi.md §2). Works through a list instead of calling itself, checks every address, and
 * counts what it makes: blocks may share parts, so that a small memory can mean a huge value. Throws `bad-pointer` and `bad-result`.
 */
export class Decoder {
  readonly #host: Host;
  readonly #tasks: (FieldsTask | ListTask | MapTask)[] = [];
  #valuesLeft = 0;
  #bytesLeft = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** `raw` is what the function gave: bigint for i64, number for i32 and f64, undefined for Unit. */
  decode(shape: Shape, raw: number | bigint | undefined): ClarityValue {
    this.#valuesLeft = this.#host.limits.values;
    this.#bytesLeft = this.#host.limits.textBytes;
    try {
      const value = this.#value(shape, raw);
      for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
        if ('fields' in task) this.#fillFields(task);
        else if ('items' in task) this.#fillList(task);
        else this.#fillMap(task);
      }
      return value;
    } finally {
      // After a failure, too: what was begun is let go.
      this.#tasks.length = 0;
    }
  }

  #value(shape: Shape, raw: number | bigint | undefined): ClarityValue {
    if (shape.kind === 'Int64' || shape.kind === 'Timestamp') {
      return typeof raw === 'bigint' ? raw : refuse(shape, raw);
    }
    if (shape.kind === 'Unit') return undefined;
    if (typeof raw !== 'number') return refuse(shape, raw);
    switch (shape.kind) {
      case 'Float64':
        return raw;
      case 'Bool':
        return raw !== 0;
      case 'String':
        this.#spend(0, this.#host.memory.byteLength(raw));
        return this.#host.memory.text(raw);
      case 'Bytes':
        this.#spend(0, this.#host.memory.byteLength(raw));
        return this.#host.memory.bytes(raw);
      case 'function':
        return new FunctionValue(raw >>> 0);
      default:
        return this.#shell(shape, raw);
    }
  }

  /** A list, map, record or variant that is filled later. */
  #shell(shape: ListShape | MapShape | RecordShape | UnionShape, raw: number): ClarityValue {
    const { memory } = this.#host;
    switch (shape.kind) {
      case 'list':
        return this.#list(shape.element, raw);
      case 'map':
        return this.#map(shape.key, shape.value, raw);
      case 'record': {
        const address = memory.check(raw, shape.payload.size);
        return new RecordValue(this.#fields(shape.payload, address));
      }
      case 'union': {
        const tag = memory.readI32(memory.check(raw, 8));
        const variant = shape.variants[tag];
        if (variant === undefined) {
          throw new HostError(
            'bad-pointer',
            `The module gave ${shapeName(shape)} the tag ${tag}, which it does not have.`,
          );
        }
        const address = memory.check(raw, 8 + variant.payload.size) + 8;
        return new VariantValue(variant.name, this.#fields(variant.payload, address));
      }
    }
  }

  #fields(payload: Payload, address: number): Map<string, ClarityValue> {
    this.#spend(RECORD_WEIGHT, 0);
    const fields = new Map<string, ClarityValue>();
    if (payload.fields.length > 0) this.#tasks.push({ payload, address, fields });
    return fields;
  }

  #list(element: Shape, raw: number): ClarityValue {
    const stride = strideOf(element);
    const count = listCount(this.#host.memory, raw, stride);
    this.#spend(1 + count, 0);
    const items: ClarityValue[] = [];
    if (count > 0) this.#tasks.push({ element, address: (raw >>> 0) + 4, count, items });
    return items;
  }

  #map(key: Shape, value: Shape, handle: number): ClarityValue {
    const map = this.#host.maps.get(handle);
    this.#spend(1 + map.size, 0);
    const entries = new Map<ClarityValue, ClarityValue>();
    const cells: MapCell[] = [];
    for (const [entryKey, cell] of map.entries()) {
      if (typeof entryKey === 'string') this.#spend(0, entryKey.length);
      entries.set(keyOf(key, entryKey), undefined);
      cells.push(cell);
    }
    this.#tasks.push({ value, entries, cells });
    return entries;
  }

  #fillFields({ payload, address, fields }: FieldsTask): void {
    for (const { name, offset, shape } of payload.fields) fields.set(name, this.#load(shape, address + offset));
  }

  #fillList({ element, address, count, items }: ListTask): void {
    const stride = strideOf(element);
    for (let i = 0; i < count; i++) items.push(this.#load(element, address + i * stride));
  }

  #fillMap({ value, entries, cells }: MapTask): void {
    let i = 0;
    for (const key of entries.keys()) {
      const cell = cells[i++] ?? 0;
      const raw = value.kind === 'Float64' ? floatOfCell(BigInt(cell)) : cell;
      entries.set(key, this.#value(value, raw));
    }
  }

  #load(shape: Shape, address: number): ClarityValue {
    const { memory } = this.#host;
    switch (shape.kind) {
      case 'Int64':
      case 'Timestamp':
        return memory.readI64(address);
      case 'Float64':
        return memory.readF64(address);
      case 'Unit':
        return undefined;
      default:
        return this.#value(shape, memory.readI32(address));
    }
  }

  #spend(values: number, bytes: number): void {
    this.#valuesLeft -= values;
    this.#bytesLeft -= bytes;
    if (this.#valuesLeft >= 0 && this.#bytesLeft >= 0) return;
    const { limits } = this.#host;
    const limit = this.#valuesLeft < 0 ? `${limits.values} values` : `${limits.textBytes} bytes of text`;
    throw new HostError('bad-result', `The result is too large: it holds over ${limit}.`);
  }
}

function keyOf(shape: Shape, key: MapKey): ClarityValue {
  switch (shape.kind) {
    case 'String':
      return typeof key === 'string' ? key : refuse(shape, key);
    case 'Int64':
    case 'Timestamp':
      return typeof key === 'bigint' ? key : refuse(shape, key);
    case 'Bool':
      return key !== 0n;
    case 'Float64':
      return typeof key === 'bigint' ? floatOfCell(key) : refuse(shape, key);
    default:
      return refuse(shape, key);
  }
}

function refuse(shape: Shape, raw: unknown): never {
  const got = raw === undefined ? 'nothing' : `a ${typeof raw}`;
  throw new HostError('bad-result', `The module gave ${got} where its interface says ${shapeName(shape)}.`);
}
