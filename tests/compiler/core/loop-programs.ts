import type { Core, CoreProgram, Slot } from '../../../src/compiler/core/core.ts';
import {
  builtin,
  call,
  closure,
  fun,
  get,
  host,
  i64,
  leave,
  list,
  load,
  math,
  on,
  program,
  record,
  recur,
  scope,
  seq,
  set,
  slot,
  start,
  switchOn,
  text,
  when,
  bytesOf,
} from '../wasm/harness.ts';

type Kind = 'int' | 'list' | 'lists' | 'text';
const REP = { int: 'i64', list: 'i32', lists: 'i32', text: 'i32' } as const;

/** The variables of every made loop. */
const n = slot('n', 'i64');
const PARAMS: Record<Kind, readonly Slot[]> = {
  int: [slot('k', 'i64')],
  list: [slot('xs', 'i32'), slot('acc', 'i32'), slot('other', 'i32')],
  lists: [slot('groups', 'i32')],
  text: [slot('s', 'i32'), slot('t', 'i32')],
};
const KINDS: readonly Kind[] = ['int', 'list', 'list', 'list', 'lists', 'text', 'text'];
const ALL = [n, ...PARAMS.int, ...PARAMS.list, ...PARAMS.lists, ...PARAMS.text];
const IDENTITY = 1;
const CLOSED = 2;

/** Makes a loop out of choices: no choices left is always the simplest one. Growths and tails of the variables are likely. */
export class LoopMaker {
  readonly #choices: readonly number[];
  #at = 0;
  #label = 0;
  #named: { readonly own: Slot; readonly slot: Slot } | undefined;
  #lets: { slot: Slot; kind: Kind }[] = [];

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  program(): CoreProgram {
    const loop = this.#tail(3);
    const body = when('i32', math('i64.le_s', get(n), i64(0)), this.#result(1), loop);
    const x = slot('x', 'i32');
    const env = slot('env', 'i32');
    const captured = load('i32', get(env), 0);
    return program(
      fun('go', ALL, 'i32', body),
      fun('id', [x], 'i32', get(x)),
      fun('closed', [env], 'i32', captured, true),
    );
  }

  #pick(below: number): number {
    return (this.#choices[this.#at++] ?? 0) % below;
  }
  #of<T>(...options: readonly T[]): T {
    return options[this.#pick(options.length)]!;
  }

  #tail(depth: number): Core {
    const choice = depth === 0 ? this.#pick(2) : this.#pick(10);
    const lets = this.#lets;
    const inner = (): Core => {
      const made = this.#tail(depth - 1);
      this.#lets = lets;
      return made;
    };
    switch (choice) {
      case 1:
      case 0:
      case 2:
        return this.#recur();
      case 3:
        return this.#result(2);
      case 4:
      case 5:
        return when('i32', this.#test(), inner(), inner());
      case 6:
      case 7: {
        const kind = this.#of<Kind>('list', 'text', 'lists', 'int', 'list');
        const made = slot(`let${this.#at}`, REP[kind]);
        const value = this.#value(kind, 3);
        this.#lets = [...lets, { slot: made, kind }];
        return seq([set(made, value)], inner());
      }
      case 8: {
        const label = ++this.#label;
        const early = when(null, this.#test(), leave(label, this.#tail(0)), seq([]));
        return scope('i32', label, seq([early], inner()));
      }
      default:
        return switchOn('i32', math('i32.wrap_i64', math('i64.rem_s', get(n), i64(2))), inner(), inner());
    }
  }

  /** Now and then the next value of one variable is a choice in a let before the rest. */
  #recur(): Core {
    if (this.#pick(4) !== 3) return this.#step();
    const kind = this.#of<Kind>('list', 'text', 'lists');
    const own = this.#of(...PARAMS[kind]);
    const choice = slot(`choice${this.#at}`, 'i32');
    const value = when('i32', this.#test(), this.#grown(kind, get(own), 2), this.#of(get(own), this.#value(kind, 1)));
    this.#named = { own, slot: choice };
    const step = this.#step();
    this.#named = undefined;
    return seq([set(choice, value)], step);
  }

  #step(): Core {
    return recur(
      math('i64.sub', get(n), i64(1)),
      this.#value('int', 2),
      ...PARAMS.list.map((own) => this.#next('list', own)),
      ...PARAMS.lists.map((own) => this.#next('lists', own)),
      ...PARAMS.text.map((own) => this.#next('text', own)),
    );
  }

  /** The next value of a variable; mostly it comes from the variable itself. */
  #next(kind: Kind, own: Slot): Core {
    if (this.#named?.own === own) return get(this.#named.slot);
    switch (this.#pick(16)) {
      case 0:
      case 10:
      case 11:
      case 12:
      case 13:
      case 14:
        return get(own);
      case 1:
      case 2:
      case 3:
        return this.#grown(kind, get(own), 2);
      case 4:
      case 5:
        return kind === 'text'
          ? this.#grown(kind, get(own), 1)
          : on(kind === 'list' ? 'i64' : 'i32', 'list_tail', get(own));
      case 6:
        return when('i32', this.#test(), this.#grown(kind, get(own), 2), get(own));
      case 7:
        return this.#grown(kind, when('i32', this.#test(), this.#grown(kind, get(own), 1), this.#value(kind, 1)), 1);
      case 8:
        return seq([host('print_int', this.#value('int', 1))], this.#grown(kind, get(own), 1));
      default:
        return this.#value(kind, 3);
    }
  }

  #grown(kind: Kind, of: Core, depth: number): Core {
    if (kind === 'text') {
      return builtin('string_concat', of, ...[this.#value('text', depth - 1), text('!')].slice(this.#pick(2)));
    }
    const [element, item] = kind === 'list' ? (['i64', 'int'] as const) : (['i32', 'list'] as const);
    const again = this.#pick(5) === 4 ? this.#grown(kind, of, depth) : of;
    switch (this.#pick(4)) {
      case 2:
        return on(element, 'list_concat', again, this.#value(kind, depth - 1));
      case 3:
        return on(element, 'list_set', again, this.#value('int', depth - 1), this.#value(item, depth - 1));
      default:
        return on(element, 'list_append', again, this.#value(item, depth - 1));
    }
  }

  #test(): Core {
    const [a, b] = [this.#value('int', 2), this.#value('int', 1)];
    return this.#pick(4) === 3
      ? builtin('string_eq', this.#value('text', 1), this.#value('text', 1))
      : math('i64.lt_s', a, b);
  }

  #variable(kind: Kind): Core {
    const slots = [...PARAMS[kind], ...this.#lets.filter((made) => made.kind === kind).map((made) => made.slot)];
    return get(slots[slots.length - 1 - this.#pick(slots.length)]!);
  }

  #value(kind: Kind, depth: number): Core {
    if (depth <= 0) return this.#pick(3) === 2 && kind === 'int' ? i64(this.#pick(5) - 1) : this.#variable(kind);
    switch (kind) {
      case 'int':
        return this.#int(depth - 1);
      case 'text':
        return this.#of(
          () => this.#variable('text'),
          () => text('ab'),
          () => this.#grown('text', this.#value('text', depth - 1), depth - 1),
          () => this.#laundered('text', depth - 1),
          () => host('int_to_string', this.#value('int', depth - 1)),
        )();
      default:
        return this.#lists(kind, depth - 1);
    }
  }

  #int(depth: number): Core {
    const element = this.#of<Kind>('list', 'lists');
    const rep = element === 'list' ? 'i64' : 'i32';
    return this.#of(
      () => get(n),
      () => i64(this.#pick(4) - 1),
      () => on(rep, 'list_length', this.#value(element, depth)),
      () => on('i64', 'list_get', this.#value('list', depth), i64(this.#pick(3))),
      () => on('i64', 'list_get', this.#value('list', depth), this.#value('int', depth)),
      () => host('abs_int', this.#value('int', depth)),
      () => host('string_length', this.#value('text', depth)),
      () => math('i64.add', this.#value('int', depth), get(PARAMS.int[0]!)),
    )();
  }

  #lists(kind: 'list' | 'lists', depth: number): Core {
    const [element, item] = kind === 'list' ? (['i64', 'int'] as const) : (['i32', 'list'] as const);
    return this.#of(
      () => this.#variable(kind),
      () => list(element),
      () => list(element, this.#value(item, depth)),
      () => this.#grown(kind, this.#value(kind, depth), depth),
      () => on(element, 'list_tail', this.#value(kind, depth)),
      () => on(element, 'list_reverse', this.#value(kind, depth)),
      () => this.#laundered(kind, depth),
      () => when('i32', this.#test(), this.#value(kind, depth), this.#variable(kind)),
    )();
  }

  /** The same value, by a way that hides it. */
  #laundered(kind: Kind, depth: number): Core {
    const value = this.#value(kind, depth);
    return this.#of(
      () => call(IDENTITY, value),
      () => load('i32', record(8, [4, value]), 4),
      (): Core => ({ op: 'invoke', params: [], result: 'i32', callee: closure(CLOSED, value), args: [] }),
    )();
  }

  #result(depth: number): Core {
    return record(40, ...KINDS.map((kind, at): [number, Core] => [at === 0 ? 32 : 4 * at, this.#value(kind, depth)]));
  }
}

const ARGUMENTS = { xs: [5n, 6n, 7n, 8n], acc: [1n], other: [], groups: [[9n], []], s: 'é', t: '' };

/** Runs a made loop: its result, what it printed, and the arguments as they are afterwards. */
export function outcomeOf(core: CoreProgram, rounds: bigint): unknown {
  const log: unknown[] = [];
  const running = start(bytesOf(core), {
    print_int: (value) => log.push(value),
    abs_int: (value) => (log.push(['abs', value]), value < 0n ? -value : value),
    int_to_string: (value) => running.newString(String(value)),
    string_length: (pointer) => BigInt(running.string(pointer).length),
  });
  const { newList, newString, numbers, string } = running;
  const lists = (pointer: number): unknown => numbers(pointer, 'i32').map((at) => numbers(at as number, 'i64'));
  const groups = ARGUMENTS.groups.map((group) => newList('i64', group));
  const args = [
    newList('i64', ARGUMENTS.xs),
    newList('i64', ARGUMENTS.acc),
    newList('i64', ARGUMENTS.other),
    newList('i32', groups),
    newString(ARGUMENTS.s),
    newString(ARGUMENTS.t),
  ] as const;
  const at = running.exports.go!(rounds, 2n, ...args) as number;
  const view = new DataView(running.memory.buffer);
  const read = [1, 2, 3].map((k) => numbers(view.getInt32(at + 4 * k, true), 'i64'));
  const after = [
    numbers(args[0], 'i64'),
    numbers(args[1], 'i64'),
    numbers(args[2], 'i64'),
    lists(args[3]),
    string(args[4]),
    string(args[5]),
  ];
  return {
    read,
    int: view.getBigInt64(at + 32, true),
    groups: lists(view.getInt32(at + 16, true)),
    texts: [5, 6].map((k) => string(view.getInt32(at + 4 * k, true))),
    log,
    after,
  };
}
