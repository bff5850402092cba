import type { Core, CoreFunction, Rep, Slot } from '../core/core.ts';
import { emitBuiltin } from './emit-builtin.ts';
import { emitBlock, emitClosure, emitList } from './emit-block.ts';
import { emitChain, emitLeave, emitRecur, emitScope, emitSwitch } from './emit-control.ts';
import { emitGrow } from './emit-grow.ts';
import { FunctionCode } from './function-code.ts';
import { CELL_ENVIRONMENT } from './layout.ts';
import type { ModuleBuilder } from './module-builder.ts';
import { OP } from './opcodes.ts';

/** What code leaves behind: a value, none, or no way on (then the code behind it may be anything: wasm's stack is polymorphic there). */
export type Outcome = Rep | null | 'never';

/** Where `leave` goes. */
export interface Label {
  readonly depth: number;
  used: boolean;
}

/**
 * Writes one Core function. Every `emit…` writes the code of a node and says what it leaves; after 'never' the last instruction is one that
 * wasm knows not to return, so that whatever stands around it validates.
 */
export class FunctionEmitter extends FunctionCode {
  readonly module: ModuleBuilder;
  /** What `recur` gives new values to. */
  readonly loopSlots: readonly Slot[];
  readonly labels = new Map<number, Label>();
  readonly #slots = new Map<Slot, number>();

  constructor(fn: CoreFunction, module: ModuleBuilder) {
    super(fn.params.length, fn.result);
    this.module = module;
    fn.params.forEach((slot, at) => this.#slots.set(slot, at));
    const params = fn.closure ? fn.params.slice(1) : fn.params;
    this.loopSlots = fn.carried === undefined ? params : [...params, ...fn.carried];
  }

  /** The local of a slot. */
  slot(slot: Slot): number {
    let local = this.#slots.get(slot);
    if (local === undefined) {
      local = this.local(slot.rep);
      this.#slots.set(slot, local);
    }
    return local;
  }

  /** Writes values in their order; false when one of them never returns. */
  emitAll(nodes: readonly Core[]): boolean {
    for (const node of nodes) if (this.emit(node) === 'never') return false;
    return true;
  }

  emit(node: Core): Outcome {
    switch (node.op) {
      case 'i32':
        this.i32(node.value);
        return 'i32';
      case 'i64':
        this.i64(node.value);
        return 'i64';
      case 'f64':
        this.f64(node.value);
        return 'f64';
      case 'text':
        this.i32(this.module.data.text(node.value));
        return 'i32';
      case 'get':
        this.get(this.slot(node.slot));
        return node.slot.rep;
      case 'set':
        if (this.emit(node.value) === 'never') return 'never';
        this.set(this.slot(node.slot));
        return null;
      case 'seq':
      case 'if':
        return emitChain(this, node);
      case 'switch':
        return emitSwitch(this, node);
      case 'scope':
        return emitScope(this, node);
      case 'leave':
        return emitLeave(this, node);
      case 'trap':
        this.op(OP.unreachable);
        return 'never';
      case 'recur':
        return emitRecur(this, node);
      default:
        return this.#emitOperation(node);
    }
  }

  #emitOperation(
    node: Exclude<
      Core,
      {
        op:
          | 'i32'
          | 'i64'
          | 'f64'
          | 'text'
          | 'get'
          | 'set'
          | 'seq'
          | 'if'
          | 'switch'
          | 'scope'
          | 'leave'
          | 'trap'
          | 'recur';
      }
    >,
  ): Outcome {
    switch (node.op) {
      case 'math':
        if (!this.emitAll(node.args)) return 'never';
        return this.#math(node.name);
      case 'load':
        if (this.emit(node.pointer) === 'never') return 'never';
        this.load(node.rep, node.offset);
        return node.rep;
      case 'builtin':
        return emitBuiltin(this, node);
      case 'call':
        if (!this.emitAll(node.args)) return 'never';
        this.call(node.fn);
        return this.module.core.functions[node.fn]?.result ?? null;
      case 'import':
        if (!this.emitAll(node.args)) return 'never';
        return this.callImport(node.name);
      case 'invoke':
        return this.#invoke(node);
      case 'closure':
        return emitClosure(this, node);
      case 'new':
        return emitBlock(this, node);
      case 'list':
        return emitList(this, node);
      case 'grow':
        return emitGrow(this, node);
    }
  }

  callImport(name: string): Rep | null {
    const used = this.module.import(name);
    this.call(used.ref);
    return used.signature.result;
  }

  #math(name: Extract<Core, { op: 'math' }>['name']): Rep {
    if (name === 'f64.rem') {
      this.callImport('f64_rem');
      return 'f64';
    }
    this.op(OP[name]);
    return resultOf(name);
  }

  #invoke({ params, result, callee, args }: Extract<Core, { op: 'invoke' }>): Outcome {
    const cell = this.borrow('i32');
    if (this.emit(callee) === 'never') return 'never';
    this.set(cell);
    this.get(cell);
    this.load('i32', CELL_ENVIRONMENT);
    if (!this.emitAll(args)) return 'never';
    this.get(cell);
    this.load('i32', 0);
    this.release('i32', cell);
    this.module.callsTable = true;
    this.op(OP.call_indirect);
    this.code.u32(this.module.types.index(['i32', ...params], result));
    this.code.u8(0);
    return result;
  }
}

const COMPARISON = /\.(eq|ne|eqz|[lg][te](_s)?)$/;
const RESULTS = new Map<string, Rep>();

/** The type of the value of an instruction, from its mnemonic. */
function resultOf(name: string): Rep {
  let rep = RESULTS.get(name);
  if (rep === undefined) {
    rep = COMPARISON.test(name) ? 'i32' : (name.slice(0, 3) as Rep);
    RESULTS.set(name, rep);
  }
  return rep;
}
