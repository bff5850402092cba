import { printable } from '../../shared/text.ts';
import type { CommandContext } from '../command-context.ts';
import type { Ending } from '../host/call-function.ts';

/** Says on stderr why a program could not go on; gives the exit code. */
export function printEnding({ warn, findingPaint }: CommandContext, { code, fault }: Ending): number {
  if (fault !== undefined)
    warn(`${findingPaint.bold(findingPaint.red(`error[${fault.kind}]`))}: ${printable(fault.message)}`);
  return code;
}
