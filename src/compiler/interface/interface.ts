/**
 * What a compiled module tells about itself: the JSON of its custom section `clarity:interface`. A host marshals arguments and results by
 * it, the runtime makes typed tool schemas of it.
 */
export interface ModuleInterface {
  readonly version: 1;
  readonly module: string;
  /** The comment block at the top of the entry file. */
  readonly doc?: string;
  /** Every non-generic function of the entry file, in source order, under its export name. */
  readonly functions: readonly InterfaceFunction[];
  /** Every record and union that the functions mention, directly or through each other, in order of declaration. */
  readonly types: readonly InterfaceType[];
}

export interface InterfaceFunction {
  readonly name: string;
  /** Whether the source marks it `export`. */
  readonly exported: boolean;
  readonly doc?: string;
  readonly params: readonly { readonly name: string; readonly type: TypeRef }[];
  readonly result: TypeRef;
  /** Sorted effect names. */
  readonly effects: readonly string[];
}

/** A scalar by its name, or one of the structured forms. A type parameter of the enclosing definition is `{param}`. */
export type TypeRef =
  | 'Int64'
  | 'Float64'
  | 'Bool'
  | 'String'
  | 'Bytes'
  | 'Timestamp'
  | 'Unit'
  | { readonly list: TypeRef }
  | { readonly map: readonly [key: TypeRef, value: TypeRef] }
  | { readonly option: TypeRef }
  | { readonly result: readonly [ok: TypeRef, error: TypeRef] }
  | { readonly function: { readonly params: readonly TypeRef[]; readonly result: TypeRef } }
  /** A record or union of `types`, by its `name`. */
  | { readonly type: string; readonly args?: readonly TypeRef[] }
  | { readonly param: string };

/** `name` is unique among `types`: `Module.Name` where two modules declare the same. */
export type InterfaceType = {
  readonly name: string;
  readonly doc?: string;
  /** Names of its type parameters. */
  readonly params?: readonly string[];
} & (
  | { readonly kind: 'record'; /** In memory order. */ readonly fields: readonly InterfaceField[] }
  | {
      readonly kind: 'union';
      /** The index is the tag. */
      readonly variants: readonly {
        readonly name: string;
        readonly doc?: string;
        readonly fields: readonly InterfaceField[];
      }[];
    }
);

export interface InterfaceField {
  readonly name: string;
  readonly type: TypeRef;
  readonly doc?: string;
}

/** Name of the custom section. */
export const INTERFACE_SECTION = 'clarity:interface';
