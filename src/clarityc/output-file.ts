import { resolve } from 'node:path';
import { CliError, EXIT } from '../cli/cli-error.ts';
import type { CommandContext } from './command-context.ts';

/** Where what is made of `file` goes: where it is wanted, else beside it with this ending. Throws a usage error for the program itself. */
export function outputFile(
  { input: { cwd } }: CommandContext,
  file: string,
  wanted: string | undefined,
  ending: '.wasm' | '.mjs',
): string {
  const output = wanted ?? `${file.replace(/\.clarity$/, '')}${ending}`;
  if (resolve(cwd, output) !== resolve(cwd, file)) return output;
  throw new CliError(EXIT.usage, `-o ${output} is the program itself`, { hint: 'Choose another name.' });
}
