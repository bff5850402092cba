import {
  listOf,
  mapOf,
  optionOf,
  resultOf,
  SCALARS,
  type FieldDecl,
  type ParamType,
  type ScalarName,
  type Type,
} from '../types/type.ts';

export interface Signature {
  readonly typeParams: readonly ParamType[];
  readonly params: readonly FieldDecl[];
  readonly result: Type;
}

/** Reads a signature of the builtin table, such as `(list: List<T>, index: Int64) -> T`. Throws on one that is not well formed: the table is ours. */
export function parseSignature(text: string): Signature {
  const tokens = text.match(/->|\w+|[(),:<>]/g) ?? [];
  const typeParams = new Map<string, ParamType>();
  let at = 0;
  const next = () => tokens[at++] ?? '';
  const eat = (token: string) => {
    if (next() !== token) throw new Error(`bad signature ${text}: wanted ${token} at token ${String(at)}`);
  };
  const type = (): Type => {
    const name = next();
    if (Object.hasOwn(SCALARS, name)) return SCALARS[name as ScalarName];
    if (/^[A-Z]$/.test(name)) {
      const param = typeParams.get(name) ?? { kind: 'param', name };
      typeParams.set(name, param);
      return param;
    }
    eat('<');
    const first = type();
    if (name === 'List' || name === 'Option') {
      eat('>');
      return name === 'List' ? listOf(first) : optionOf(first);
    }
    eat(',');
    const second = type();
    eat('>');
    return name === 'Map' ? mapOf(first, second) : resultOf(first, second);
  };
  eat('(');
  const params: FieldDecl[] = [];
  while (tokens[at] !== ')') {
    if (params.length > 0) eat(',');
    const name = next();
    eat(':');
    params.push({ name, type: type() });
  }
  eat(')');
  eat('->');
  const result = type();
  return { typeParams: [...typeParams.values()], params, result };
}
