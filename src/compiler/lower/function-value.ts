import type { Core, CoreFunction, Slot } from '../core/core.ts';
import type { TypedExpr } from '../typed/typed.ts';
import type { Ground } from '../types/ground.ts';
import { call, FALSE, get, TRAP } from './build.ts';
import { lowerBuiltin } from './builtin.ts';
import { tagField } from './data.ts';
import { Frame } from './frame.ts';
import { instanceName } from './instances.ts';

type Of<K extends TypedExpr['kind']> = Extract<TypedExpr, { kind: K }>;

/** A named function as a value: a closure cell for a wrapper that takes and ignores an environment (abi.md §2.5). */
export function functionValue(frame: Frame, { fn, typeArgs, type }: Of<'function'>): Core {
  const { program } = frame;
  const args = frame.view.grounds(typeArgs);
  const id = program.instances.idOf(fn, args);
  if (id === undefined) return TRAP;
  const signature = frame.ground(type);
  const name = `${fn.module}$${instanceName(fn, args)}$value`;
  return cell(
    program.once(`function ${String(id)}`, () =>
      wrapper(name, signature, (params) => call(id, params.filter(isThere))),
    ),
  );
}

/** A builtin as a value. */
export function builtinValue(frame: Frame, expr: Of<'builtin'>): Core {
  const { program, source } = frame;
  const { builtin } = expr;
  const types = frame.view.grounds(expr.typeArgs);
  const signature = frame.ground(expr.type);
  const name = [builtin.name, ...types.map((type) => type.name), 'value'].join('$');
  const key = ['builtin', builtin.name, ...types.map((type) => type.id)].join(' ');
  const make = (params: readonly (Core | undefined)[]): Core => {
    const inner = new Frame({ program, view: program.view, source, name });
    return lowerBuiltin({ frame: inner, builtin, types, args: params.map((param) => param ?? FALSE), span: expr });
  };
  return cell(program.once(key, () => wrapper(name, signature, make)));
}

/** A variant with fields as a function value. */
export function constructorValue(frame: Frame, { union, variant, type }: Of<'constructor'>): Core {
  const { program } = frame;
  const signature = frame.ground(type);
  const made = signature.args.at(-1);
  if (made === undefined) return TRAP;
  const layout = program.layouts.of(made);
  const places = layout.parts[variant] ?? [];
  const make = (params: readonly (Core | undefined)[]): Core => {
    const fields = params.flatMap((value, i) =>
      value === undefined ? [] : [{ offset: places[i]?.offset ?? 0, value }],
    );
    return { op: 'new', size: layout.size, fields: [tagField(variant), ...fields] };
  };
  const name = `${made.name}$${union.variants[variant]?.name ?? ''}$value`;
  return cell(program.once(`variant ${String(made.id)} ${String(variant)}`, () => wrapper(name, signature, make)));
}

function cell(fn: number): Core {
  return { op: 'closure', fn, captures: [] };
}

/** A function of the type `signature` with an environment; `make` gets its parameters, undefined for those of type Unit. */
function wrapper(name: string, signature: Ground, make: (params: readonly (Core | undefined)[]) => Core): CoreFunction {
  const slots: Slot[] = [{ name: 'env', rep: 'i32' }];
  const params = signature.args.slice(0, -1).map(({ rep }, i) => {
    if (rep === null) return undefined;
    const slot: Slot = { name: `a${String(i)}`, rep };
    slots.push(slot);
    return get(slot);
  });
  return { name, params: slots, result: signature.args.at(-1)?.rep ?? null, body: make(params), closure: true };
}

function isThere(core: Core | undefined): core is Core {
  return core !== undefined;
}
