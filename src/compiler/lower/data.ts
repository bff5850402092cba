import type { Core } from '../core/core.ts';
import type { TypedExpr } from '../typed/typed.ts';
import type { FieldPlace } from '../types/layout.ts';
import { i32, seq } from './build.ts';
import type { Frame } from './frame.ts';
import { place, type PlacedCore } from './place.ts';

type Of<K extends TypedExpr['kind']> = Extract<TypedExpr, { kind: K }>;
interface BlockField {
  readonly offset: number;
  readonly value: Core;
}

/** A record: its fields are evaluated in written order (language.md §7.1). */
export function lowerRecord(frame: Frame, expr: Of<'record'>): Core {
  const layout = frame.program.layouts.of(frame.ground(expr.type));
  const { effects, values } = place(frame, expr.fields, { sorted: false, units: 'drop' });
  return seq(effects, { op: 'new', size: layout.size, fields: atPlaces(values, layout.parts[0]) });
}

/** A variant with its fields; every use is a block of the size of the largest variant (abi.md §2.4). */
export function lowerVariant(frame: Frame, expr: Of<'variant'>): Core {
  const layout = frame.program.layouts.of(frame.ground(expr.type));
  const { effects, values } = place(frame, expr.fields, { sorted: false, units: 'drop' });
  const fields = atPlaces(values, layout.parts[expr.variant]);
  return seq(effects, { op: 'new', size: layout.size, fields: [tagField(expr.variant), ...fields] });
}

export function tagField(variant: number): BlockField {
  return { offset: 0, value: i32(variant) };
}

function atPlaces(values: readonly PlacedCore[], places: readonly FieldPlace[] | undefined): readonly BlockField[] {
  return values.map(({ index, core }) => ({ offset: places?.[index]?.offset ?? 0, value: core }));
}
