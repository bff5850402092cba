import type { JsonObject } from '../../../shared/json.ts';
import { flag, text, TEXTS } from '../schemas.ts';

/** What the tools of the compiler take; kept for old callers, for nothing is ever run or installed. */
export interface CompilerArgs {
  readonly compiler_bin?: string;
  readonly auto_install: boolean;
  readonly install_command?: readonly string[];
  readonly timeout_seconds: number;
}

/** How the compiler that compiles for every tool is named. */
export const COMPILER = 'embedded';

export const COMPILER_INPUT: JsonObject = {
  compiler_bin: text('Kept for old callers: no program is run, the compiler is part of the runtime.'),
  auto_install: flag(false, 'Kept for old callers: there is nothing to install.'),
  install_command: { ...TEXTS, description: 'Kept for old callers: never run.' },
  timeout_seconds: { type: 'integer', minimum: 1, maximum: 3600, default: 120, description: 'Kept for old callers.' },
};

/** What is said to a caller that named a program; undefined where it named none. */
export function compilerNote(args: CompilerArgs): string | undefined {
  const notes = [
    ...(args.compiler_bin === undefined || args.compiler_bin === COMPILER
      ? []
      : [
          'compiler_bin was not run: tools use the compiler that is part of the runtime. Another one can be named in a manifest (spec.origin.compiler) or by CLARITYC_BIN.',
        ]),
    ...(args.auto_install || args.install_command !== undefined
      ? [
          'Nothing was installed, and nothing has to be: CLARITY_ENABLE_COMPILER_INSTALL opens no door any more, for the compiler is part of the runtime.',
        ]
      : []),
  ];
  return notes.length === 0 ? undefined : notes.join('\n');
}
