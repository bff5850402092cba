import { describe, expect, it } from 'vitest';

import { expectAnswer } from '../../helpers/clarity-fuzz.ts';
import { sized } from '../../helpers/size.ts';

const DEEP = 100_000;
/** Of declarations and the like, which are no nesting: they may take a while. */
const LONG = sized(2_000, 20_000);

const many = (text: string, count = DEEP) => text.repeat(count);
const body = (text: string, params = 'n: Int64', result = 'Int64') =>
  `module A\nfunction f(${params}) -> ${result} { ${text} }\n`;

/** Texts of unreasonable depth or length: each gets an answer, none takes the stack down. */
const TEXTS: Readonly<Record<string, string>> = {
  parentheses: body(many('(') + 'n' + many(')')),
  'open parentheses': body(many('(')),
  'closing parentheses': body(many(')')),
  blocks: body(many('{ ') + 'n' + many(' }')),
  'blocks with statements': body(many('{ 1; ') + 'n' + many(' }')),
  'open blocks': body(many('{ ')),
  'list brackets': body(`${many('[')}${many(']')}; 1`),
  'not chains': body(`${many('!')}True`, '', 'Bool'),
  'minus chains': body(`${many('-')}n`),
  'types in a parameter': `module A\nfunction f(x: ${many('List<')}Int64${many(' >')}) -> Int64 { 1 }\n`,
  'function types': `module A\nfunction f(x: ${many('(Int64) -> ')}Int64) -> Int64 { 1 }\n`,
  'function types as parameters': `module A\nfunction f(x: ${many('(')}${many(') -> Int64')}) -> Int64 { 1 }\n`,
  patterns: body(`match None { ${many('Some(')}_${many(')')} -> 1, _ -> 2 }`),
  'options as values': body(`let x = ${many('Some(')}1${many(')')}; 1`),
  lambdas: body(`let g = ${many('|a: Int64| ')}1; 1`),
  'lambdas without parameters': body(`let g = ${many('|| ')}1; 1`),
  records: body(`let r = ${many('{ a: ')}1${many(' }')}; 1`),
  interpolations: body(`"${many('a${"')}x${many('"}b')}"`, '', 'String'),
  'open interpolations': body(`"${many('${"')}`, '', 'String'),
  'braces in an interpolation': body(`"\${${many('{')}${many('}')}}"`, '', 'String'),
  'matches in arms': body(`${many('match n { 0 -> 1, _ -> ')}2${many(' }')}`),
  'matches in subjects': body(`${many('match ')}n${many(' { _ -> 1 }')}`),
  'matches in guards': body(`${many('match n { _ if ')}True${many(' -> 1, _ -> 2 }')}`),
  'calls in arguments': body(`${many('f(')}n${many(')')}`),
  'calls of calls': body(`f${many('(1)')}`),
  members: body(`n${many('.a')}`),
  'long sum': body(`n${many(' + n')}`),
  'long sum to the right': body(`${many('n + (', 50_000)}n${many(')', 50_000)}`),
  'long concatenation': body(`"a"${many(' ++ "b"')}`, '', 'String'),
  'long mixed operators': body(`n${many(' + n * 2 - 1', LONG)}`),
  'long and': body(`True${many(' and True')}`, '', 'Bool'),
  'long comparison': body(`1${many(' == 1')}`, '', 'Bool'),
  'assignments in assignments': body(`let mut a = 1; ${many('a = ')}1; a`),
  'lets in lets': body(`${many('let a = ')}1; 1`),
  'many statements': body(`${many('n; ')}n`),
  'many lets of one name': body(`${many('let a = n; ', LONG)}n`),
  'many arms': body(`match n { ${Array.from({ length: LONG }, (_, i) => `${i} -> ${i}`).join(', ')}, _ -> 0 }`),
  'many ranges': body(
    `match n { ${Array.from({ length: LONG / 2 }, (_, i) => `${i * 10}..${i * 10 + 5} -> ${i}`).join(', ')}, _ -> 0 }`,
  ),
  'many string arms': body(
    `match s { ${Array.from({ length: LONG / 2 }, (_, i) => `"k${i}" -> ${i}`).join(', ')}, _ -> 0 }`,
    's: String',
  ),
  'many list elements': body(`[${many('n, ')}n]`, 'n: Int64', 'List<Int64>'),
  'many arguments': body(`f(${many('n, ')}n)`),
  'many parameters': `module A\nfunction f(${Array.from({ length: LONG }, (_, i) => `p${i}: Int64`).join(', ')}) -> Int64 { 1 }\n`,
  'many functions': `module A\n${Array.from({ length: LONG }, (_, i) => `function f${i}() -> Int64 { ${i} }`).join('\n')}\n`,
  'many variants': `module A\ntype U = ${Array.from({ length: 5_000 }, (_, i) => `| V${i}`).join(' ')}\nfunction f(u: U) -> Int64 { match u { V0 -> 1, _ -> 2 } }\n`,
  'many fields': `module A\ntype R = { ${Array.from({ length: 5_000 }, (_, i) => `x${i}: Int64`).join(', ')} }\nfunction f(r: R) -> Int64 { r.x4999 }\n`,
  'many errors': body(many('missing; ') + 'n'),
  'many bad characters': `module A\n${many('@ ')}`,
  'many bad declarations': `module A\n${many('function ')}`,
  'one long name': `module A\nfunction ${many('a')}() -> Int64 { 1 }\n`,
  'one long string': body(`"${many('ab')}"`, '', 'String'),
  'one long number': body(many('9')),
  'one long float': body(`${many('9')}.${many('9')}`, '', 'Float64'),
  'one long comment': `module A\n// ${many('x')}\nfunction f() -> Int64 { 1 }\n`,
  'many lines': `module A${many('\n')}function f() -> Int64 { 1 }\n`,
  'a chain of types': `module A\n${Array.from({ length: LONG / 2 }, (_, i) => `type T${i} = { a: ${i === 0 ? 'Int64' : `T${i - 1}`} }`).join('\n')}\nfunction f(t: T${LONG / 2 - 1}) -> Bool { t == t }\n`,
  'a chain of aliases': `module A\n${Array.from({ length: LONG / 2 }, (_, i) => `type T${i} = ${i === 0 ? 'Int64' : `List<T${i - 1}>`}`).join('\n')}\nfunction f(t: T${LONG / 2 - 1}) -> Int64 { 1 }\n`,
  'aliases that double': `module A\n${Array.from({ length: 60 }, (_, i) => `type T${i} = ${i === 0 ? 'Int64' : `Result<T${i - 1}, T${i - 1}>`}`).join('\n')}\nfunction f(t: T59) -> Int64 { 1 }\n`,
  'a chain of calls': `module A\n${Array.from({ length: LONG / 2 }, (_, i) => `function f${i}(n: Int64) -> Int64 { ${i === 0 ? 'n' : `f${i - 1}(n)`} }`).join('\n')}\n`,
  'a chain of constants': `module A\n${Array.from({ length: LONG / 2 }, (_, i) => `const K${i}: Int64 = ${i === 0 ? '1' : `K${i - 1} + 1`};`).join('\n')}\nfunction f() -> Int64 { K${LONG / 2 - 1} }\n`,
  'generics that grow without end':
    'module A\nfunction g<T>(n: Int64, x: T) -> Int64 { match n { 0 -> 0, _ -> g(n - 1, [x]) } }\nfunction f(n: Int64) -> Int64 { g(n, n) }\n',
  'generics that double': `module A\ntype P<A, B> = { a: A, b: B }\n${Array.from({ length: 40 }, (_, i) => `function g${i}<T>(x: T) -> Int64 { ${i === 0 ? '1' : `g${i - 1}({ a: x, b: x })`} }`).join('\n')}\nfunction f() -> Int64 { g39(1) }\n`,
  'nested lambdas that capture all': body(
    `${Array.from({ length: 300 }, (_, i) => `let a${i} = n; `).join('')}${Array.from({ length: 150 }, (_, i) => `let g${i} = |b${i}: Int64| { `).join('')}${Array.from({ length: 300 }, (_, i) => `a${i}`).join(' + ')}${many(' }; 1', 150)}`,
  ),
  'patterns that multiply':
    body(
      `match r { ${Array.from({ length: 24 }, (_, i) => `P(${Array.from({ length: 24 }, (_, j) => (i === j ? 'True' : '_')).join(', ')}) -> ${i}`).join(', ')} , _ -> 99 }`,
      'r: R',
    ) + `type R = | P(${Array.from({ length: 24 }, (_, i) => `x${i}: Bool`).join(', ')}) | Q\n`,
  'patterns that multiply without a rest':
    body(
      `match r { ${Array.from({ length: 24 }, (_, i) => `P(${Array.from({ length: 24 }, (_, j) => (i === j ? 'True' : '_')).join(', ')}) -> ${i}`).join(', ')} }`,
      'r: R',
    ) + `type R = | P(${Array.from({ length: 24 }, (_, i) => `x${i}: Bool`).join(', ')}) | Q\n`,
};

describe('texts that are deep or long get an answer', () => {
  it.each(Object.entries(TEXTS))('%s', (_, text) => {
    expect(expectAnswer(text)).toBeDefined();
  });
});
