import { BUILTINS, Trap } from './builtins.ts';
import type { BinOp, Expr, Func, Pattern, Program, Statement, Ty } from './tree.ts';

/** Records and variants of the evaluator; lists are arrays, functions functions, scalars as on the host. */
export type Value =
  bigint | number | boolean | string | readonly Value[] | RecordOf | VariantOf | ((...args: Value[]) => Value);
export interface RecordOf {
  readonly record: ReadonlyMap<string, Value>;
}
export interface VariantOf {
  readonly variant: string;
  readonly fields: readonly Value[];
}

export type Outcome =
  | { readonly result: Value; readonly stdout: readonly string[] }
  | { readonly error: string; readonly stdout: readonly string[] };

interface Slot {
  value: Value;
}
interface Env {
  readonly slots: ReadonlyMap<string, Slot>;
}

/** Runs a function of a program: the meaning of Clarity, said a second time. Answers undefined for one that takes too long to be worth it. */
export function evaluate(program: Program, name: string, args: readonly Value[]): Outcome | undefined {
  const machine = new Machine(program);
  try {
    return { result: machine.call(name, args), stdout: machine.stdout };
  } catch (thrown) {
    if (thrown instanceof Trap) return { error: thrown.kind, stdout: machine.stdout };
    if (thrown instanceof OutOfFuel) return undefined;
    throw thrown;
  }
}

class OutOfFuel extends Error {}
const wrap = (value: bigint) => BigInt.asIntN(64, value);
const builtins = new Map(BUILTINS.map((one) => [one.name, one.run as unknown as (...args: Value[]) => Value]));
const isVariant = (value: Value): value is VariantOf => typeof value === 'object' && 'variant' in value;

class Machine {
  readonly stdout: string[] = [];
  readonly #functions: ReadonlyMap<string, Func>;
  readonly #constants = new Map<string, Expr>();
  #fuel = 30_000;

  constructor(program: Program) {
    this.#functions = new Map(program.functions.map((fn) => [fn.name, fn]));
    for (const { name, e } of program.constants) this.#constants.set(name, e);
  }

  call(name: string, args: readonly Value[]): Value {
    const fn = this.#functions.get(name);
    if (fn === undefined) throw new Error(`no function ${name}`);
    return this.#eval(fn.body, { slots: new Map(fn.params.map((param, i) => [param.name, { value: args[i]! }])) });
  }

  #eval(e: Expr, env: Env): Value {
    if (this.#fuel-- <= 0) throw new OutOfFuel();
    const value = this.#evalOne(e, env);
    if (typeof value === 'string' && value.length > 20_000) throw new OutOfFuel();
    // A list that is doubled again and again is long after few steps.
    if (Array.isArray(value)) this.#fuel -= value.length >> 3;
    return value;
  }

  #evalOne(e: Expr, env: Env): Value {
    switch (e.k) {
      case 'int':
      case 'float':
      case 'bool':
      case 'str':
        return e.value;
      case 'var':
        return this.#name(e.name, env);
      case 'bin':
        return this.#binary(e.op, e.of, e.left, e.right, env);
      case 'un': {
        const value = this.#eval(e.e, env);
        if (e.op === '!') return !(value as boolean);
        return typeof value === 'bigint' ? wrap(-value) : -(value as number);
      }
      case 'interp':
        return e.parts.map((part) => (typeof part === 'string' ? part : (this.#eval(part, env) as string))).join('');
      case 'list':
        return e.items.map((item) => this.#eval(item, env));
      case 'call':
        return this.#call(e, env);
      case 'apply': {
        const fn = this.#eval(e.fn, env) as (...args: Value[]) => Value;
        return fn(...e.args.map((arg) => this.#eval(arg, env)));
      }
      case 'record':
        return { record: new Map(e.fields.map(({ name, e: field }) => [name, this.#eval(field, env)])) };
      case 'member':
        return (this.#eval(e.e, env) as RecordOf).record.get(e.name)!;
      case 'variant': {
        // By name they are written, and so evaluated, from the last to the first.
        const args = e.named ? e.args.toReversed() : e.args;
        const fields = args.map((arg) => this.#eval(arg, env));
        return { variant: e.variant.name, fields: e.named ? fields.reverse() : fields };
      }
      case 'block': {
        let inner = env;
        for (const statement of e.statements) inner = this.#statement(statement, inner);
        return this.#eval(e.result, inner);
      }
      case 'match': {
        const value = this.#eval(e.on, env);
        for (const { pattern, guard, body } of e.arms) {
          const bound: [string, Slot][] = [];
          if (!matches(pattern, value, bound)) continue;
          const inner = { slots: new Map([...env.slots, ...bound]) };
          if (guard === undefined || this.#eval(guard, inner) === true) return this.#eval(body, inner);
        }
        throw new Trap('unreachable');
      }
      case 'lambda': {
        // Captured by value when it is made; each call has its own copy of them.
        const captured = [...env.slots].map(([name, { value }]) => [name, value] as const);
        return (...args) => {
          const slots = new Map(captured.map(([name, value]) => [name, { value }]));
          e.params.forEach((param, i) => slots.set(param.name, { value: args[i]! }));
          return this.#eval(e.body, { slots });
        };
      }
    }
  }

  #statement(s: Statement, env: Env): Env {
    const value = this.#eval(s.e, env);
    if (s.k === 'let') return { slots: new Map([...env.slots, [s.name, { value }]]) };
    if (s.k === 'assign') env.slots.get(s.name)!.value = value;
    return env;
  }

  #name(name: string, env: Env): Value {
    const slot = env.slots.get(name);
    if (slot !== undefined) return slot.value;
    const constant = this.#constants.get(name);
    if (constant !== undefined) return this.#eval(constant, { slots: new Map() });
    const builtin = builtins.get(name);
    if (builtin !== undefined) return builtin;
    return (...args) => this.call(name, args);
  }

  #binary(op: BinOp, of: Ty, left: Expr, right: Expr, env: Env): Value {
    const a = this.#eval(left, env);
    if (op === 'and') return a === true ? this.#eval(right, env) : false;
    if (op === 'or') return a === true ? true : this.#eval(right, env);
    const b = this.#eval(right, env);
    if (op === '==') return equal(a, b);
    if (op === '!=') return !equal(a, b);
    if (op === '++') return (a as string) + (b as string);
    return of.k === 'int' ? integers(op, a as bigint, b as bigint) : floats(op, a as number, b as number);
  }

  #call({ fn, args, names, zero }: Expr & { k: 'call' }, env: Env): Value {
    const values = args.map((arg) => this.#eval(arg, env));
    if (zero !== undefined)
      return element(values[0] as readonly Value[], fn === 'nth' ? (values[1] as bigint) : 0n) ?? zero;
    const func = this.#functions.get(fn);
    if (func !== undefined)
      return this.call(
        fn,
        names === undefined ? values : func.params.map((param) => values[names.indexOf(param.name)]!),
      );
    const builtin = builtins.get(fn);
    return builtin === undefined ? this.#prelude(fn, values) : builtin(...values);
  }

  #prelude(fn: string, [a, b, c]: Value[]): Value {
    const list = a as readonly Value[];
    const call = (f: Value | undefined) => f as (...args: Value[]) => Value;
    switch (fn) {
      case 't':
        this.stdout.push((a as bigint).toString());
        return a!;
      case 'tb':
        this.stdout.push(a === true ? 'yes' : 'no');
        return a!;
      case 'id':
        return a!;
      case 'pick':
        return a === true ? b! : c!;
      case 'map':
        return list.map((item) => call(b)(item));
      case 'filter':
        return list.filter((item) => call(b)(item) === true);
      case 'fold':
        return list.reduce<Value>((acc, item) => call(c)(acc, item), b!);
      case 'times': {
        let acc = b!;
        for (let n = a as bigint; n > 0n; n--) acc = call(c)(acc, n);
        return acc;
      }
      case 'first_or':
        return list.length === 0 ? b! : list[0]!;
      case 'value_or':
        return isVariant(a!) && a.variant === 'Some' ? a.fields[0]! : b!;
      case 'length':
        return BigInt(list.length);
      case 'is_empty':
        return list.length === 0;
      case 'append':
        return [...list, b!];
      case 'concat':
        return [...list, ...(b as readonly Value[])];
      case 'reverse':
        return list.toReversed();
      case 'tail':
        return list.slice(1);
      case 'list_set':
        return (b as bigint) >= 0n && (b as bigint) < BigInt(list.length) ? list.with(Number(b), c!) : list;
      default:
        throw new Error(`no function ${fn}`);
    }
  }
}

function element(list: readonly Value[], at: bigint): Value | undefined {
  return at >= 0n && at < BigInt(list.length) ? list[Number(at)] : undefined;
}

function integers(op: BinOp, a: bigint, b: bigint): Value {
  switch (op) {
    case '+':
      return wrap(a + b);
    case '-':
      return wrap(a - b);
    case '*':
      return wrap(a * b);
    case '/':
      if (b === 0n) throw new Trap('divide-by-zero');
      if (wrap(a / b) !== a / b) throw new Trap('integer-overflow');
      return a / b;
    case '%':
      if (b === 0n) throw new Trap('remainder-by-zero');
      return a % b;
    default:
      return order(op, a, b);
  }
}

function floats(op: BinOp, a: number, b: number): Value {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return order(op, a, b);
  }
}

function order<T extends bigint | number>(op: BinOp, a: T, b: T): boolean {
  if (op === '<') return a < b;
  if (op === '>') return a > b;
  return op === '<=' ? a <= b : a >= b;
}

function equal(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => equal(item as Value, b[i] as Value));
  if (typeof a === 'object' && typeof b === 'object') {
    if (isVariant(a) && isVariant(b))
      return a.variant === b.variant && a.fields.every((field, i) => equal(field, b.fields[i]!));
    const [left, right] = [a as RecordOf, b as RecordOf];
    return [...left.record].every(([name, field]) => equal(field, right.record.get(name)!));
  }
  return a === b;
}

function matches(pattern: Pattern, value: Value, bound: [string, Slot][]): boolean {
  switch (pattern.k) {
    case 'any':
      return true;
    case 'bind':
      bound.push([pattern.name, { value }]);
      return true;
    case 'literal':
      return value === pattern.value;
    case 'range':
      return (value as bigint) >= pattern.from && (value as bigint) <= pattern.to;
    case 'variant': {
      const { variant, fields } = value as VariantOf;
      return variant === pattern.variant.name && pattern.items.every((item, i) => matches(item, fields[i]!, bound));
    }
  }
}
