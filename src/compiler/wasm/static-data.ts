import type { Core } from '../core/core.ts';
import { ByteWriter } from './byte-writer.ts';
import { elementShift } from './layout.ts';

type Constant = Extract<Core, { op: 'i32' | 'i64' | 'f64' }>;
/** What may become a block of the data segment. */
export type Block = Extract<Core, { op: 'new' | 'list' | 'closure' }>;

/** `__heap_base` of a module without data (abi.md §3). */
const EMPTY_HEAP_BASE = 1024;
const NOT_CONSTANT = -1;

/**
 * The data segment: string literals and the blocks whose contents are all constant (values never change, so one serves all uses), each once,
 * from address 0.
 */
export class StaticData {
  readonly #bytes = new ByteWriter(1024);
  readonly #texts = new Map<string, number>();
  readonly #blocks = new Map<string, number>();
  /** Addresses of the blocks that were looked at: none is walked twice. */
  readonly #seen = new Map<Block, number>();
  readonly #tableIndexOf: (fn: number) => number;

  constructor(tableIndexOf: (fn: number) => number) {
    this.#tableIndexOf = tableIndexOf;
  }

  /** First address behind the data, 4-aligned. */
  get heapBase(): number {
    return this.#bytes.length === 0 ? EMPTY_HEAP_BASE : (this.#bytes.length + 3) & ~3;
  }

  /** The bytes of the segment; empty when there is none. */
  content(): Uint8Array {
    return this.#bytes.written();
  }

  /** Address of a string literal. */
  text(value: string): number {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    this.#align(4);
    const address = this.#bytes.length;
    this.#bytes.block(value);
    this.#texts.set(value, address);
    return address;
  }

  /** Address of a block whose contents are all constant, else undefined. */
  block(node: Block): number | undefined {
    let address = this.#seen.get(node);
    if (address === undefined) {
      const content = this.#encode(node);
      address = content === undefined ? NOT_CONSTANT : this.#place(content);
      this.#seen.set(node, address);
    }
    return address === NOT_CONSTANT ? undefined : address;
  }

  #place(content: ByteWriter): number {
    const bytes = content.written();
    const key = keyOf(bytes);
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    this.#align(8);
    const address = this.#bytes.length;
    this.#bytes.raw(bytes);
    this.#blocks.set(key, address);
    return address;
  }

  #encode(node: Block): ByteWriter | undefined {
    if (node.op === 'new') return this.#record(node);
    if (node.op === 'list') return this.#list(node);
    if (node.captures.length > 0) return undefined;
    const cell = new ByteWriter(8);
    cell.word(this.#tableIndexOf(node.fn));
    cell.word(0);
    return cell;
  }

  #record({ size, fields }: Extract<Block, { op: 'new' }>): ByteWriter | undefined {
    const values: { readonly offset: number; readonly value: Constant }[] = [];
    for (const { offset, value } of fields) {
      const constant = this.#constant(value);
      if (constant === undefined) return undefined;
      values.push({ offset, value: constant });
    }
    const block = new ByteWriter(size);
    block.zeros(size);
    for (const { offset, value } of values) {
      block.length = offset;
      write(block, value);
    }
    block.length = size;
    return block;
  }

  #list({ element, items }: Extract<Block, { op: 'list' }>): ByteWriter | undefined {
    const first = items[0];
    // Most lists that are not constant say so at once: nothing is reserved for them.
    if (first !== undefined && this.#constant(first) === undefined) return undefined;
    const block = new ByteWriter(4 + (items.length << elementShift(element)));
    block.word(items.length);
    for (const item of items) {
      const constant = this.#constant(item);
      if (constant === undefined) return undefined;
      write(block, constant);
    }
    return block;
  }

  #constant(node: Core): Constant | undefined {
    switch (node.op) {
      case 'i32':
      case 'i64':
      case 'f64':
        return node;
      case 'text':
        return { op: 'i32', value: this.text(node.value) };
      case 'new':
      case 'list':
      case 'closure': {
        const address = this.block(node);
        return address === undefined ? undefined : { op: 'i32', value: address };
      }
      default:
        return undefined;
    }
  }

  #align(to: number): void {
    this.#bytes.zeros(-this.#bytes.length & (to - 1));
  }
}

function write(to: ByteWriter, constant: Constant): void {
  if (constant.op === 'i32') to.word(constant.value);
  else if (constant.op === 'i64') to.long(constant.value);
  else to.f64(constant.value);
}

/** A text that is equal for equal bytes only. */
function keyOf(bytes: Uint8Array): string {
  let key = '';
  for (let at = 0; at < bytes.length; at += 4096) key += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return key;
}
