import type { TypeRef } from '../../compiler/interface/interface.ts';
import { HostError } from '../host-error.ts';

/** What the type parameters of a definition stand for. */
export type TypeArguments = ReadonlyMap<string, TypeRef>;

/** A type that is written deeper than this is not meant seriously. */
const MAX_DEPTH = 200;

/** The reference with the arguments of the enclosing type put in. Throws `bad-module`. */
export function substitute(ref: TypeRef, given: TypeArguments, depth = 0): TypeRef {
  if (typeof ref === 'string' || given.size === 0) return ref;
  if (depth > MAX_DEPTH) {
    throw new HostError(
      'bad-module',
      "The module's interface is not valid: it names a type that is nested too deeply.",
    );
  }
  const inside = (part: TypeRef): TypeRef => substitute(part, given, depth + 1);
  if ('param' in ref) return given.get(ref.param) ?? ref;
  if ('list' in ref) return { list: inside(ref.list) };
  if ('map' in ref) return { map: [inside(ref.map[0]), inside(ref.map[1])] };
  if ('option' in ref) return { option: inside(ref.option) };
  if ('result' in ref) return { result: [inside(ref.result[0]), inside(ref.result[1])] };
  // Functions are never looked into.
  if ('function' in ref) return ref;
  return ref.args === undefined ? ref : { type: ref.type, args: ref.args.map(inside) };
}
