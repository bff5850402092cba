import { HostError } from '../host-error.ts';
import { none, some32, textList } from '../memory/blocks.ts';
import type { ImportGroup } from './import-group.ts';

/** Compiled patterns that are kept, and the longest one worth keeping. */
const KEPT = 64;
const KEPT_LENGTH = 1000;

/**
 * Regular expressions (language.md §11 regex): JavaScript's, without flags. A pattern that backtracks catastrophically cannot be stopped from
 * inside of the process: whoever runs programs that are not trusted puts the host into a thread that can be ended.
 */
export const regexImports: ImportGroup = ({ memory }) => {
  const kept = new Map<string, RegExp | undefined>();
  const compiled = (pattern: string): RegExp | undefined => {
    if (kept.has(pattern)) return kept.get(pattern);
    const expression = compile(pattern);
    if (kept.size >= KEPT) kept.clear();
    if (pattern.length <= KEPT_LENGTH) kept.set(pattern, expression);
    return expression;
  };
  return {
    regex_match: (pattern: number, text: number) =>
      withRoom(() => compiled(memory.text(pattern))?.test(memory.text(text))) === true ? 1 : 0,
    regex_captures: (pattern: number, text: number) => {
      const match = withRoom(() => compiled(memory.text(pattern))?.exec(memory.text(text)));
      if (match === undefined || match === null) return none(memory);
      const groups: readonly (string | undefined)[] = match;
      return some32(
        memory,
        textList(
          memory,
          groups.map((group) => group ?? ''),
        ),
      );
    },
  };
};

/** Undefined for a pattern that is none. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch (error) {
    if (error instanceof SyntaxError && !NO_ROOM.test(error.message)) return undefined;
    throw error;
  }
}

/** How the engine ends the message of the SyntaxError for a pattern that is none the worse, but for which it has no room. */
const NO_ROOM = /: (?:Stack overflow|Regular expression too large)$/;

/** Runs what compiles a pattern: the engine finishes that when the pattern is first used. */
function withRoom<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new HostError(
      'stack-overflow',
      'There is no room for a regular expression: its pattern is too large, or the program called functions too deeply.',
      error,
    );
  }
}
