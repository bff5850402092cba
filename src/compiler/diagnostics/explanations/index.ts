import { KINDS, type DiagnosticKind } from '../kinds.ts';
import type { Explanations } from './explanation.ts';
import { MODULE_EXPLANATIONS } from './modules.ts';
import { NAME_EXPLANATIONS } from './names.ts';
import { PATTERN_EXPLANATIONS } from './patterns.ts';
import { TEXT_EXPLANATIONS } from './text.ts';
import { TYPE_EXPLANATIONS } from './types.ts';
import { WARNING_EXPLANATIONS } from './warnings.ts';

const EXPLANATIONS: Explanations = {
  ...TEXT_EXPLANATIONS,
  ...NAME_EXPLANATIONS,
  ...TYPE_EXPLANATIONS,
  ...PATTERN_EXPLANATIONS,
  ...MODULE_EXPLANATIONS,
  ...WARNING_EXPLANATIONS,
};

/** The documentation of one kind of diagnostic. */
export interface KindPage {
  readonly kind: DiagnosticKind;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly text: string;
  /** A program that has this finding, and the same program mended. */
  readonly example?: { readonly bad: string; readonly good: string };
  /** Further files of both programs, by their names; the program itself is main.clarity. */
  readonly files: Readonly<Record<string, string>>;
}

/** The documentation of every kind, in the order of their codes. */
export function kindPages(): readonly KindPage[] {
  return (Object.keys(KINDS) as DiagnosticKind[]).map(kindPage);
}

/** The documentation of the kind with this code (`E306`, in any case) or name (`arg-type`); undefined where there is none. */
export function findKindPage(name: string): KindPage | undefined {
  const wanted = name.toLowerCase();
  return kindPages().find(({ kind, code }) => kind === wanted || code.toLowerCase() === wanted);
}

function kindPage(kind: DiagnosticKind): KindPage {
  const { text, program, files = {} } = EXPLANATIONS[kind];
  const page = { kind, ...KINDS[kind], text, files };
  return program === undefined ? page : { ...page, example: { bad: side(program, '$1'), good: side(program, '$2') } };
}

function side(program: string, which: '$1' | '$2'): string {
  const text = program.replace(/⟨([^⇒]*)⇒([^⟩]*)⟩/g, which);
  // Where nothing is wanted, the blank before it goes too.
  return `module Main\n\n${text.replace(/[ \t]+$/gm, '')}`;
}
