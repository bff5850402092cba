import type { TokenList } from './token-list.ts';
import { Token } from './token.ts';

const LONGEST = 40;

/** A token as a message names it. */
export function describeToken(tokens: TokenList, index: number): string {
  switch (tokens.kind(index)) {
    case Token.EndOfFile:
      return 'the end of the file';
    case Token.String:
    case Token.TripleString:
    case Token.StringHead:
      return 'a string';
    case Token.StringMiddle:
    case Token.StringTail:
      return 'the `}` of the interpolation';
    default: {
      const text = tokens.textOf(index);
      return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}\``;
    }
  }
}
