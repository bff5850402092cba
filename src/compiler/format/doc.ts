/**
 * A layout that is still to be decided (after Wadler): text, places where a line may end, and groups that are set flat when they fit.
 * Every node knows what is needed to decide in constant time, so that printing is linear.
 */
export type Doc = TextDoc | ConcatDoc | GroupDoc | IndentDoc | LineDoc | CommentDoc;

interface Measured {
  /** A line must end inside of it. */
  readonly breaks: boolean;
  /** Columns when it is set flat. */
  readonly width: number;
  /** Holds something that is set as its author broke the lines. */
  readonly sensitive: boolean;
}

export interface TextDoc extends Measured {
  readonly kind: 'text';
  /** May span lines (strings): these are never indented. */
  readonly text: string;
}
export interface ConcatDoc extends Measured {
  readonly kind: 'concat';
  readonly parts: readonly Doc[];
}
/** Flat if it fits and need not break. */
export interface GroupDoc extends Measured {
  readonly kind: 'group';
  readonly child: Doc;
}
export interface IndentDoc extends Measured {
  readonly kind: 'indent';
  readonly child: Doc;
}
/** Ends the line; in a flat group it is `flat` instead. */
export interface LineDoc extends Measured {
  readonly kind: 'line';
  readonly flat: '' | ' ';
  readonly hard: boolean;
  /** An empty line follows. */
  readonly blank: boolean;
}
/** A comment, behind which the line ends. */
export interface CommentDoc extends Measured {
  readonly kind: 'comment';
  readonly text: string;
  /** On a line of its own. */
  readonly own: boolean;
  /** An empty line stood behind it. */
  readonly blank: boolean;
}

const plain = { breaks: false, sensitive: false } as const;

export const line: Doc = { kind: 'line', flat: ' ', hard: false, blank: false, width: 1, ...plain };
export const softline: Doc = { kind: 'line', flat: '', hard: false, blank: false, width: 0, ...plain };
export const empty: Doc = { kind: 'text', text: '', width: 0, ...plain };
export const space: Doc = text(' ');

export function text(value: string): Doc {
  const end = value.indexOf('\n');
  return { kind: 'text', text: value, width: end < 0 ? value.length : end, ...plain };
}

export function hardline(blank: boolean): Doc {
  return { kind: 'line', flat: ' ', hard: true, blank, breaks: true, width: 0, sensitive: false };
}

export function comment(value: string, own: boolean, blank: boolean): Doc {
  return { kind: 'comment', text: value, own, blank, breaks: true, width: 0, sensitive: false };
}

export function concat(...parts: readonly Doc[]): Doc {
  return concatAll(parts);
}

export function concatAll(parts: readonly Doc[]): Doc {
  let breaks = false;
  let width = 0;
  let sensitive = false;
  for (const part of parts) {
    breaks ||= part.breaks;
    width += part.width;
    sensitive ||= part.sensitive;
  }
  return { kind: 'concat', parts, breaks, width, sensitive };
}

export function indent(child: Doc): Doc {
  return { kind: 'indent', child, breaks: child.breaks, width: child.width, sensitive: child.sensitive };
}

/** `broken`: as its author broke it, which is undefined where that does not matter. */
export function group(child: Doc, broken?: boolean): Doc {
  return {
    kind: 'group',
    child,
    breaks: child.breaks || broken === true,
    width: child.width,
    sensitive: child.sensitive || broken !== undefined,
  };
}
