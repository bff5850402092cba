import type { JsonObject } from '../../../shared/json.ts';
import { suggest } from '../../../shared/suggest.ts';
import { oneLine } from '../../../shared/text.ts';
import { HostError } from '../../../wasm-host/host-error.ts';
import type { Instance } from '../../../wasm-host/instance.ts';
import { fromJson } from '../../../wasm-host/marshal/from-json.ts';
import { shapeName } from '../../../wasm-host/marshal/shape.ts';
import type { ClarityValue } from '../../../wasm-host/value.ts';
import type { PreparedFunction } from './prepared-function.ts';
import { resultOf } from './result-of.ts';

/** A call with an object of arguments by the names of the parameters. Throws what the call throws, `bad-argument` for arguments that it does not take. */
export function callByName(instance: Instance, target: PreparedFunction, args: JsonObject): JsonObject {
  const { params } = target;
  const values: ClarityValue[] = [];
  let used = 0;
  for (const { name, shape, optional } of params) {
    const given = Object.hasOwn(args, name) ? args[name] : undefined;
    if (given !== undefined) used++;
    else if (!optional) throw missing(target, name, args);
    values.push(fromJson(shape, given, name));
  }
  if (Object.keys(args).length > used) refuseUnknown(target, args);
  return resultOf(target.result, instance.call(target.name, values));
}

function missing(target: PreparedFunction, name: string, args: JsonObject): HostError {
  const wanted = target.params.find((param) => param.name === name);
  const type = wanted === undefined ? '' : ` (${shapeName(wanted.shape)})`;
  // Most often it is there, under a name that is nearly right.
  const unknown = Object.keys(args).filter((given) => !target.params.some((param) => param.name === given));
  const near = suggest(name, unknown);
  const hint = near === undefined ? '' : ` \`${oneLine(near, 60)}\` was given: did you mean \`${name}\`?`;
  return new HostError('bad-argument', `The argument \`${name}\`${type} of \`${target.name}\` is missing.${hint}`);
}

function refuseUnknown(target: PreparedFunction, args: JsonObject): void {
  const names = target.params.map((param) => param.name);
  const unknown = Object.keys(args).find((given) => args[given] !== undefined && !names.includes(given));
  if (unknown === undefined) return;
  const near = suggest(unknown, names);
  const takes = target.params.map((param) => `${param.name}: ${shapeName(param.shape)}`).join(', ');
  const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  const have = takes === '' ? 'It takes no arguments.' : `It takes ${takes}.`;
  throw new HostError(
    'bad-argument',
    `\`${target.name}\` has no parameter \`${oneLine(unknown, 60)}\`.${hint} ${have}`,
  );
}
