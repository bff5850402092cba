/** A type as it lies in memory (abi.md §2), resolved from a TypeRef of the interface. Shapes of recursive types form cycles. */
export type Shape =
  | { readonly kind: 'Int64' }
  | { readonly kind: 'Float64' }
  | { readonly kind: 'Bool' }
  | { readonly kind: 'String' }
  | { readonly kind: 'Bytes' }
  | { readonly kind: 'Timestamp' }
  | { readonly kind: 'Unit' }
  /** A closure of the module. */
  | { readonly kind: 'function' }
  | ListShape
  | MapShape
  | RecordShape
  | UnionShape;

export interface ListShape {
  readonly kind: 'list';
  readonly element: Shape;
}
export interface MapShape {
  readonly kind: 'map';
  readonly key: Shape;
  readonly value: Shape;
}
export interface RecordShape {
  readonly kind: 'record';
  readonly name: string;
  readonly payload: Payload;
}
/** Option and Result are unions, too: `of` tells them apart. */
export interface UnionShape {
  readonly kind: 'union';
  readonly of: 'option' | 'result' | 'type';
  readonly name: string;
  /** The index is the tag. */
  readonly variants: readonly { readonly name: string; readonly payload: Payload }[];
  /** Bytes of a block: 8 and the largest payload. */
  readonly size: number;
}

/** The fields of a record or variant, in declaration order, with their places from its start. */
export interface Payload {
  readonly fields: readonly ShapedField[];
  readonly size: number;
}
export interface ShapedField {
  readonly name: string;
  readonly offset: number;
  readonly shape: Shape;
}

/** Bytes that a value takes as a field, and its alignment; Unit takes none. */
export function sizeOf(shape: Shape): 0 | 4 | 8 {
  switch (shape.kind) {
    case 'Int64':
    case 'Float64':
    case 'Timestamp':
      return 8;
    case 'Unit':
      return 0;
    default:
      return 4;
  }
}

/** Bytes from one element of a list to the next: Unit, too, has a place there. */
export function strideOf(element: Shape): 4 | 8 {
  return sizeOf(element) === 8 ? 8 : 4;
}

/** The type as it is written in Clarity; records and unions by their name. */
export function shapeName(shape: Shape): string {
  switch (shape.kind) {
    case 'list':
      return `List<${shapeName(shape.element)}>`;
    case 'map':
      return `Map<${shapeName(shape.key)}, ${shapeName(shape.value)}>`;
    case 'record':
    case 'union':
      return shape.name;
    case 'function':
      return 'a function';
    default:
      return shape.kind;
  }
}
