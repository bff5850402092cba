import type { AnswerOf, ArgumentsOf, BlockingImport } from '../blocking.ts';
import type { Operation, OutsideCall } from './operation.ts';

/** An operation whose arguments and answer are typed by the import that it carries out. */
export function defineOperation<Name extends BlockingImport>(
  waitsFor: Operation['waitsFor'],
  run: (args: ArgumentsOf<Name>, call: OutsideCall) => Promise<AnswerOf<Name>>,
): Operation {
  // The thread passes what BLOCKING says: blockingImports reads it by the same table.
  return { waitsFor, run: (args, call) => run(args as unknown as ArgumentsOf<Name>, call) };
}
