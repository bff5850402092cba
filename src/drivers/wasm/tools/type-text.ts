import type { TypeRef } from '../../../compiler/interface/interface.ts';

/** A type as it is written in Clarity. */
export function typeText(ref: TypeRef): string {
  if (typeof ref === 'string') return ref;
  if ('list' in ref) return `List<${typeText(ref.list)}>`;
  if ('map' in ref) return `Map<${listText(ref.map)}>`;
  if ('option' in ref) return `Option<${typeText(ref.option)}>`;
  if ('result' in ref) return `Result<${listText(ref.result)}>`;
  if ('function' in ref) return `(${listText(ref.function.params)}) -> ${typeText(ref.function.result)}`;
  if ('param' in ref) return ref.param;
  return ref.args === undefined || ref.args.length === 0 ? ref.type : `${ref.type}<${listText(ref.args)}>`;
}

const listText = (refs: readonly TypeRef[]): string => refs.map(typeText).join(', ');
