import { HostError } from '../../../wasm-host/host-error.ts';
import type { Instance } from '../../../wasm-host/instance.ts';
import type { Shape } from '../../../wasm-host/marshal/shape.ts';
import { canBeNull } from '../../../wasm-host/marshal/to-json.ts';

/** A function of a module's interface, with what a call would otherwise look up. */
export interface PreparedFunction {
  readonly name: string;
  readonly params: readonly PreparedParam[];
  readonly result: Shape;
}

export interface PreparedParam {
  readonly name: string;
  readonly shape: Shape;
  /** It may be left out: None, or Unit. */
  readonly optional: boolean;
}

const prepared = new WeakMap<Instance, Map<string, PreparedFunction>>();

/** Throws HostError for a name that the interface does not have. */
export function preparedFunction(instance: Instance, name: string): PreparedFunction {
  let functions = prepared.get(instance);
  if (functions === undefined) prepared.set(instance, (functions = new Map<string, PreparedFunction>()));
  let found = functions.get(name);
  if (found === undefined) functions.set(name, (found = prepare(instance, name)));
  return found;
}

function prepare(instance: Instance, name: string): PreparedFunction {
  const found = instance.interface?.functions.find((each) => each.name === name);
  if (found === undefined) throw new HostError('unknown-function', `The module has no function \`${name}\`.`);
  const params = found.params.map((param) => {
    const shape = instance.shapeOf(param.type);
    return { name: param.name, shape, optional: canBeNull(shape) };
  });
  return { name, params, result: instance.shapeOf(found.result) };
}
