import type { Json, JsonObject } from '../../../shared/json.ts';
import type { Instance } from '../../../wasm-host/instance.ts';
import { fromJson } from '../../../wasm-host/marshal/from-json.ts';
import type { ClarityValue } from '../../../wasm-host/value.ts';
import { callRaw } from './call-raw.ts';
import { checkCount, originalForm } from './original-form.ts';
import type { PreparedFunction, PreparedParam } from './prepared-function.ts';
import { relaxed } from './relaxed-json.ts';
import { originalResultOf, resultOf } from './result-of.ts';

/** Whether arguments are in the original's form `{args: […]}`: not where the function has a parameter of that name. */
export function isOriginalForm(target: PreparedFunction, args: JsonObject): boolean {
  return Array.isArray(args.args) && !target.params.some(({ name }) => name === 'args');
}

/**
 * A call in the original's form. Where the module tells its types they decide, whatever the caller tells: that only says that values are taken
 * and given as the original does. Throws what the call throws.
 */
export function callByPosition(
  instance: Instance,
  name: string,
  target: PreparedFunction | undefined,
  args: JsonObject,
): JsonObject {
  const form = originalForm(name, args);
  if (target === undefined) return callRaw(instance, name, form);
  checkCount(name, form, target.params.length);
  const values = target.params.map((param, i) => valueOf(param, form.args[i], form.argTypes[i] !== undefined));
  const value = instance.call(name, values);
  return (form.resultType === undefined ? resultOf : originalResultOf)(target.result, value);
}

/** `told`: the caller told a type. 0 and 1 are a Bool all the same: as wasm has it. */
function valueOf({ name, shape }: PreparedParam, json: Json | undefined, told: boolean): ClarityValue {
  const asTold = told || (shape.kind === 'Bool' && typeof json === 'number');
  return fromJson(shape, asTold ? relaxed(shape, json) : json, name);
}
