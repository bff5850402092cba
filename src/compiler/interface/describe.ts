import type { FunctionSymbol, TypedProgram } from '../typed/typed.ts';
import type { FieldDecl } from '../types/type.ts';
import type { InterfaceField, InterfaceFunction, InterfaceType, ModuleInterface } from './interface.ts';
import { TypeRefs, type NominalDecl } from './type-refs.ts';

/** What a host and the runtime need to know of a program: its callable functions, and every type that they mention. */
export function describeInterface(program: TypedProgram): ModuleInterface {
  const { entry } = program;
  const callable = entry.functions.filter((fn) => fn.typeParams.length === 0);
  const refs = new TypeRefs(callable.flatMap((fn) => [...fn.params.map((param) => param.type), fn.result]));
  return {
    version: 1,
    module: entry.name,
    ...docOf(entry),
    functions: callable.map((fn) => describeFunction(fn, refs)),
    types: refs.types.map((decl) => describeType(decl, refs)),
  };
}

function describeFunction(fn: FunctionSymbol, refs: TypeRefs): InterfaceFunction {
  return {
    name: fn.name,
    exported: fn.exported,
    ...docOf(fn),
    params: fn.params.map((param) => ({ name: param.name, type: refs.of(param.type) })),
    result: refs.of(fn.result),
    effects: fn.effects,
  };
}

function describeType(decl: NominalDecl, refs: TypeRefs): InterfaceType {
  const params = decl.params.map((param) => param.name);
  const head = { name: refs.nameOf(decl), ...docOf(decl), ...(params.length === 0 ? {} : { params }) };
  if (decl.kind === 'record') return { ...head, kind: 'record', fields: describeFields(decl.fields, refs) };
  const variants = decl.variants.map((variant) => ({
    name: variant.name,
    ...docOf(variant),
    fields: describeFields(variant.fields, refs),
  }));
  return { ...head, kind: 'union', variants };
}

function describeFields(fields: readonly FieldDecl[], refs: TypeRefs): readonly InterfaceField[] {
  return fields.map((field) => ({ name: field.name, type: refs.of(field.type), ...docOf(field) }));
}

function docOf({ doc }: { readonly doc?: string }): { readonly doc?: string } {
  return doc === undefined ? {} : { doc };
}
