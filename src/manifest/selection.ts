import { parseLabelSelector, type LabelSelector } from '../shared/label-selector.ts';
import { NAME_PATTERN } from './types.ts';

/** One entry of a toolset's `services`: one service, or all whose labels it selects. */
export type Selection = { readonly name: string } | { readonly selects: LabelSelector };

const NAME = new RegExp(NAME_PATTERN);

/**
 * Reads an entry of `spec.services`. What can be the name of a service is one; a selector therefore has a `=`, a `!`, a comma or a character
 * that no name has. Undefined where it is neither.
 */
export function parseSelection(text: string): Selection | undefined {
  if (NAME.test(text)) return { name: text };
  if (!/[^\s,]/.test(text)) return undefined;
  const selects = parseLabelSelector(text);
  return typeof selects === 'function' ? { selects } : undefined;
}
