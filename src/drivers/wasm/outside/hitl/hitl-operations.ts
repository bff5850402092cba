import type { DriverDeps } from '../../../deps.ts';
import { ClarityError, errorCode, errorMessage } from '../../../../shared/errors.ts';
import { defineOperation } from '../define-operation.ts';
import type { Operations } from '../operation.ts';

/** What a module reads where nobody answered (language.md §11 hitl). */
const NO_ANSWER = '[hitl_ask timeout]';

/** `hitl_ask`: asks a person. The type of the import has no place for a failure, so that one ends the call. */
export function hitlOperations({ questions }: Pick<DriverDeps, 'questions'>): Operations {
  return {
    hitl_ask: defineOperation<'hitl_ask'>('minds', async ([key, question], { signal }) => {
      try {
        return (await questions.ask(key, question, signal)) ?? NO_ANSWER;
      } catch (error) {
        const code = errorCode(error);
        if (code === undefined) throw error;
        // The text of a file's error names a path of ours.
        const why =
          error instanceof ClarityError ? errorMessage(error) : `the folder of questions cannot be used (${code})`;
        return { trap: `The question could not be asked: ${why}.` };
      }
    }),
  };
}
