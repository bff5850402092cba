import { stringify } from 'yaml';
import type { Json } from '../shared/json.ts';

/** How a new value is written so that it looks like its neighbours. */
export type Style = 'block' | 'flow' | 'json';

/** Text of a value on one line, for flow collections, scalars and empty collections. */
export function renderInline(value: Json, style: Style): string {
  if (style === 'json') return JSON.stringify(value);
  // As an item of a flow list, so that commas and brackets in a text are quoted; a block needs that less, and never harms.
  if (style === 'flow')
    return stringify([value], { ...OPTIONS, collectionStyle: 'flow', flowCollectionPadding: false }).slice(1, -2);
  const text = stringify(value, OPTIONS).trimEnd();
  return text.includes('\n') ? JSON.stringify(value) : text;
}

/** Lines of a non-empty collection, not indented. */
export function renderLines(value: Json, step: number): string[] {
  return stringify(value, { ...OPTIONS, indent: step })
    .trimEnd()
    .split('\n');
}

/** `key: value` as lines, not indented. */
export function renderPair(key: string, value: Json, style: Style, step: number): string[] {
  if (style === 'json') return `${JSON.stringify(key)}: ${JSON.stringify(value, null, step)}`.split('\n');
  if (style === 'flow') return [`${renderInline(key, 'flow')}: ${renderInline(value, 'flow')}`];
  return renderLines({ [key]: value }, step);
}

/** True for what has lines of its own in block style. */
export function isBlockValue(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

const OPTIONS = { version: '1.2', lineWidth: 0 } as const;
