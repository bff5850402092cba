import type { BoolLiteral, FloatLiteral, IntLiteral, StringLiteral } from './ast.ts';
import type { Parser } from './parser.ts';
import { stringValue, tripleStringValue } from './string-value.ts';
import { Token } from './token.ts';

/** More digits than any number that a message shows; a longer one is as far outside of Int64 and costs too much to convert. */
const MAX_DIGITS = 60;

/** Takes a token of a literal (no interpolation): the caller has looked at its kind. */
export function parseLiteral(p: Parser): IntLiteral | FloatLiteral | StringLiteral | BoolLiteral {
  const { kind, start } = p;
  p.advance();
  const { end } = p;
  const text = p.source.text;
  switch (kind) {
    case Token.Integer:
      return { kind: 'int', value: integerValue(text.slice(start, end)), start, end };
    case Token.Float:
      return { kind: 'float', value: Number(text.slice(start, end)), start, end };
    case Token.String:
      return { kind: 'string', value: stringValue(text.slice(start + 1, end - 1)), start, end };
    case Token.TripleString:
      return { kind: 'string', value: tripleStringValue(text.slice(start + 3, end - 3)), start, end };
    default:
      return { kind: 'bool', value: kind === Token.True, start, end };
  }
}

function integerValue(digits: string): bigint {
  if (digits.length <= MAX_DIGITS) return BigInt(digits);
  return BigInt(digits.replace(/^0+(?=.)/, '').slice(0, MAX_DIGITS));
}
