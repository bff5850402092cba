import type { ModuleInterface, TypeRef } from '../compiler/interface/interface.ts';
import { bind, type BoundFunction, type Signature, type WasmFunction, type WasmValue } from './bound-function.ts';
import { classify } from './classify.ts';
import type { CompiledModule } from './compiled-module.ts';
import { HostError } from './host-error.ts';
import type { Host } from './host.ts';
import { Decoder } from './marshal/decode.ts';
import { Encoder } from './marshal/encode.ts';
import type { Shape } from './marshal/shape.ts';
import { TypeShapes } from './marshal/type-shapes.ts';
import type { WasmSignature } from './module-outline.ts';
import type { Assertions } from './assertions.ts';
import type { ClarityValue } from './value.ts';

/** An argument of `callRaw`. */
export type RawArgument = number | bigint | { readonly shape: Shape; readonly value: ClarityValue };

/**
 * A module that can be called, as often as one likes: what a call takes of memory and maps is given back at its end, whether it ends well or
 * not. Every call throws HostError or ProgramExit, nothing else. Calls are synchronous.
 */
export class Instance {
  /** What the module says about itself; undefined where it has no section that can be used. */
  readonly interface: ModuleInterface | undefined;
  /** Names of its functions, in the order of its exports. */
  readonly exports: readonly string[];
  readonly #signatures: ReadonlyMap<string, WasmSignature>;
  readonly #host: Host;
  readonly #functions: ReadonlyMap<string, WasmFunction>;
  readonly #bound = new Map<string, BoundFunction>();
  readonly #shapes: TypeShapes;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  #disposed = false;

  /** Made by `instantiate`. */
  constructor(
    host: Host,
    functions: ReadonlyMap<string, WasmFunction>,
    { description, signatures }: Pick<CompiledModule, 'description' | 'signatures'>,
  ) {
    this.interface = description;
    this.#signatures = signatures;
    this.exports = [...functions.keys()];
    this.#host = host;
    this.#functions = functions;
    this.#shapes = new TypeShapes(description?.types);
    this.#encoder = new Encoder(host);
    this.#decoder = new Decoder(host);
  }

  /** Calls a function of the interface by its name. */
  call(name: string, args: readonly ClarityValue[]): ClarityValue {
    return this.#call(this.#bound.get(name) ?? this.#describe(name), args);
  }

  /** Calls any exported function as one of this signature: for modules that do not describe themselves. */
  callAs(name: string, signature: Signature, args: readonly ClarityValue[]): ClarityValue {
    return this.#call(
      this.#guard(() => bind(name, this.#exported(name), signature, this.#shapes)),
      args,
    );
  }

  /**
   * Calls any exported function with wasm values, or with values that are put into memory by their shapes. Gives a value of the `result` shape,
   * else the wasm value: a pointer can be read with `textAt` until the next call.
   */
  callRaw(name: string, args: readonly RawArgument[]): WasmValue;
  callRaw(name: string, args: readonly RawArgument[], result: Shape | undefined): ClarityValue;
  callRaw(name: string, args: readonly RawArgument[], result?: Shape): ClarityValue {
    const run = this.#exported(name);
    const { top } = this.#host.memory;
    const maps = this.#host.maps.count;
    try {
      const raw = args.map((arg) => (typeof arg === 'object' ? this.#encoder.encode(arg.shape, arg.value) : arg));
      const value = run(...raw.filter((each) => each !== undefined));
      return result === undefined ? value : this.#decoder.decode(result, value);
    } catch (error) {
      throw classify(error);
    } finally {
      this.#giveBack(top, maps);
    }
  }

  /** The text at an address of the memory; undefined where there is none. */
  textAt(address: number): string | undefined {
    try {
      return this.#host.memory.text(address);
    } catch (error) {
      if (error instanceof HostError && error.kind === 'bad-pointer') return undefined;
      throw error;
    }
  }

  /** The shape of a type of this module, for `render`, `toJson` and `fromJson`. Throws `bad-module`. */
  shapeOf(type: TypeRef): Shape {
    return this.#shapes.shapeOf(type);
  }

  /** The wasm signature of an exported function; undefined where there is none, or it cannot be read. */
  signatureOf(name: string): WasmSignature | undefined {
    return this.#signatures.get(name);
  }

  /** Bytes of its memory, which only grows. */
  get memoryBytes(): number {
    return this.#host.memory.size;
  }

  /** What the test builtins recorded since it was last reset. */
  get assertions(): Assertions {
    return this.#host.assertions;
  }

  /** Gives up the memory; every later call throws `disposed`. */
  dispose(): void {
    this.#disposed = true;
    this.#bound.clear();
    this.#host.maps.release(0);
    this.#host.memory.unbind();
  }

  #call(target: BoundFunction, args: readonly ClarityValue[]): ClarityValue {
    if (this.#disposed) throw disposed();
    if (args.length !== target.params.length) throw wrongCount(target, args.length);
    const { top } = this.#host.memory;
    const maps = this.#host.maps.count;
    try {
      return this.#decoder.decode(target.result, this.#run(target, args));
    } catch (error) {
      throw classify(error);
    } finally {
      this.#giveBack(top, maps);
    }
  }

  /** Frees what was made since memory and map table were so full. */
  #giveBack(top: number, maps: number): void {
    this.#host.memory.release(top);
    this.#host.maps.release(maps);
    this.#host.endCall();
  }

  #run(target: BoundFunction, args: readonly ClarityValue[]): WasmValue {
    const { params, run } = target;
    if (params.length === 0) return run();
    const first = this.#encode(target, 0, args);
    if (params.length === 1) return first === undefined ? run() : run(first);
    const raw = first === undefined ? [] : [first];
    for (let i = 1; i < params.length; i++) {
      const value = this.#encode(target, i, args);
      // Unit has no place among the parameters.
      if (value !== undefined) raw.push(value);
    }
    return run(...raw);
  }

  #encode(target: BoundFunction, index: number, args: readonly ClarityValue[]): WasmValue {
    const param = target.params[index];
    if (param === undefined) return undefined;
    try {
      return this.#encoder.encode(param.shape, args[index]);
    } catch (error) {
      if (!(error instanceof HostError) || error.kind !== 'bad-argument') throw error;
      throw new HostError('bad-argument', `Argument \`${param.name}\` of \`${target.name}\`: ${error.message}`, error);
    }
  }

  #describe(name: string): BoundFunction {
    const found = this.interface?.functions.find((each) => each.name === name);
    if (found === undefined) {
      if (this.interface === undefined && this.#functions.has(name)) {
        throw new HostError(
          'unknown-function',
          `The module does not describe \`${name}\`: it carries no interface. Call it with its types, or raw.`,
        );
      }
      throw this.#unknown(name);
    }
    const bound = this.#guard(() => bind(name, this.#exported(name), found, this.#shapes));
    this.#bound.set(name, bound);
    return bound;
  }

  #exported(name: string): WasmFunction {
    if (this.#disposed) throw disposed();
    const run = this.#functions.get(name);
    if (run === undefined) throw this.#unknown(name);
    return run;
  }

  #unknown(name: string): HostError {
    const names = this.interface?.functions.map((each) => each.name) ?? this.exports;
    const some = names.slice(0, 20).map((each) => `\`${each}\``);
    const have = some.length === 0 ? 'It has none.' : `It has ${some.join(', ')}${names.length > 20 ? ', …' : ''}.`;
    return new HostError('unknown-function', `The module has no function \`${name}\`. ${have}`);
  }

  #guard<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw classify(error);
    }
  }
}

function disposed(): HostError {
  return new HostError('disposed', 'The instance was disposed of; make a new one.');
}

function wrongCount(target: BoundFunction, got: number): HostError {
  const names = target.params.map(({ name }) => name).join(', ');
  const wants = `${target.params.length} ${target.params.length === 1 ? 'argument' : 'arguments'}`;
  return new HostError('bad-argument', `\`${target.name}(${names})\` takes ${wants}, and got ${got}.`);
}
