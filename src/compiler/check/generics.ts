import type { Span } from '../source/source-file.ts';
import { ERROR, typeName, type FieldDecl, type ParamType, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { isMapKey, keyParams } from './comparable.ts';

/** What a function, a builtin and a constructor have in common. */
export interface Signature {
  readonly typeParams: readonly ParamType[];
  readonly params: readonly Pick<FieldDecl, 'name' | 'type'>[];
  readonly result: Type;
}

const keys = new WeakMap<Signature['params'], readonly number[]>();

/** Which type parameters of a signature are keys of a Map in it; worked out once for each. */
function keyPlaces({ typeParams, params, result }: Signature): readonly number[] {
  const known = keys.get(params);
  if (known !== undefined) return known;
  const found = keyParams(typeParams, [...params.map(({ type }) => type), result]);
  keys.set(params, found);
  return found;
}

/** Sees to it that a use of something generic does not make a Map with keys that cannot be compared. */
export function checkKeys(body: Body, at: Span, signature: Signature, typeArgs: readonly Type[]): void {
  for (const place of keyPlaces(signature))
    body.afterwards.push(() => {
      const key = typeArgs[place] ?? ERROR;
      if (isMapKey(key) || !body.once(`key ${typeName(key)}`)) return;
      body.error(
        'map-key',
        at,
        `A \`Map\` cannot have keys of type \`${typeName(key)}\`.`,
        'Keys are `String`, `Int64`, `Timestamp`, `Bool` or `Float64`.',
      );
    });
}
