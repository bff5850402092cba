import { tokenize } from '../../../src/compiler/syntax/lexer.ts';

/** The tokens of a text and its comments, each by itself: what formatting must keep. */
export function tokenSequence(text: string): { tokens: string[]; comments: string[] } {
  const { tokens } = tokenize(text);
  return {
    tokens: Array.from({ length: tokens.count }, (_, index) => tokens.textOf(index)),
    comments: tokens.comments.map(({ start, end }) => text.slice(start, end).trimEnd()),
  };
}
