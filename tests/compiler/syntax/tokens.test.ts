import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../src/compiler/syntax/lexer.ts';
import { Token } from '../../../src/compiler/syntax/token.ts';

const NAMES = new Map<number, string>(Object.entries(Token).map(([name, kind]) => [kind, name]));

function kinds(text: string): string {
  const { tokens } = tokenize(text);
  return Array.from({ length: tokens.count - 1 }, (_, index) => NAMES.get(tokens.kind(index))).join(' ');
}

describe('tokens', () => {
  it.each([
    ['', ''],
    [' \t\r\n', ''],
    ['\uFEFFmodule A', 'Module Identifier'],
    ['module import export from', 'Module Import Export From'],
    ['function type const let mut match', 'Function Type Const Let Mut Match'],
    ['effect True False and or if', 'Effect True False And Or If'],
    ['else while for return null Module lets _x x_1 true', Array.from({ length: 10 }, () => 'Identifier').join(' ')],
    ['_ __', 'Underscore Identifier'],
    ['0 007 1.50 1..9 1.a', 'Integer Integer Float Integer DotDot Integer Integer Dot Identifier'],
    ['( ) { } [ ]', 'LeftParen RightParen LeftBrace RightBrace LeftBracket RightBracket'],
    ['+ - * / % ++', 'Plus Minus Star Slash Percent PlusPlus'],
    ['== != < > <= >= !', 'EqualEqual NotEqual Less Greater LessEqual GreaterEqual Not'],
    ['-> | || , : ; . .. =', 'Arrow Bar Bar Bar Comma Colon Semicolon Dot DotDot Equal'],
    ['List<Int64>=', 'Identifier Less Identifier GreaterEqual'],
    ['a--b', 'Identifier Minus Minus Identifier'],
    ['+++', 'PlusPlus Plus'],
    ['a // + b\nc', 'Identifier Identifier'],
    ['"a" "" """b"""', 'String String TripleString'],
    ['"""a"b""c"""', 'TripleString'],
    ['"""a\\"""b"""', 'TripleString'],
    ['"a\nb"', 'String'],
    ['"$ \\${ \\" $x"', 'String'],
    ['"a${b}c${d}e"', 'StringHead Identifier StringMiddle Identifier StringTail'],
    ['"${ {a} }"', 'StringHead LeftBrace Identifier RightBrace StringTail'],
    ['"${ "}" }" x', 'StringHead String StringTail Identifier'],
    ['"${ "a${b}c" }"', 'StringHead StringHead Identifier StringTail StringTail'],
  ])('%j', (text, expected) => {
    expect(tokenize(text).problems).toEqual([]);
    expect(kinds(text)).toBe(expected);
  });

  it('keeps comments beside the tokens', () => {
    const text = 'a // one\r\n// two\nb';
    const comments = tokenize(text).tokens.comments.map(({ start, end, before }) => [text.slice(start, end), before]);
    expect(comments).toEqual([
      ['// one', 1],
      ['// two', 1],
    ]);
  });
});

describe('what is no token', () => {
  const problems = (text: string) => tokenize(text).problems.map(({ start, message }) => `${start} ${message}`);

  it.each([
    ['a @ b', ['2 Unexpected character `@`.']],
    ['ä1b c', ['0 Unexpected character `ä1b`.']],
    ['\u0000', ['0 Unexpected character `U+0000`.']],
    ['"abc', ['0 This string has no closing `"`.']],
    ['"abc\\"', ['0 This string has no closing `"`.']],
    ['x """abc"', ['2 This string has no closing `"""`.']],
    ['"a ${ b', ['0 A `${` in this string has no closing `}`.']],
    ['"a ${ "b" @ ', ['0 A `${` in this string has no closing `}`.']],
    ['"a ${ b } c', ['0 This string has no closing `"`.']],
    ['1_000', ['0 `1_000` is no number: a literal has only digits, and a Float64 one dot between digits.']],
    ["'a'", ['0 A string stands in double quotes.']],
    ['/* a */ b', ['0 Clarity has no block comments.']],
    ['a && b', ['2 `&&` is no operator of Clarity.']],
  ])('%j', (text, expected) => expect(problems(text)).toEqual(expected));

  it('goes on in the line after a string without an end', () => {
    expect(kinds('let x = "abc;\nlet y = 1;')).toBe(
      'Let Identifier Equal Error Let Identifier Equal Integer Semicolon',
    );
  });
});
