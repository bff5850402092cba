import { expect, it } from 'vitest';
import { inBody, parseText } from './parse-text.ts';
import { showExpr } from './show-tree.ts';

it.each([
  ['a or b and c', '(or a (and b c))'],
  ['a and b or c', '(or (and a b) c)'],
  ['a == b and c != d', '(and (== a b) (!= c d))'],
  ['a == b < c', '(== a (< b c))'],
  ['a < b + c', '(< a (+ b c))'],
  ['a + b * c', '(+ a (* b c))'],
  ['a * b + c', '(+ (* a b) c)'],
  ['a - b - c', '(- (- a b) c)'],
  ['a / b * c % d', '(% (* (/ a b) c) d)'],
  ['a ++ b ++ c', '(++ (++ a b) c)'],
  ['a + b ++ c - d', '(- (++ (+ a b) c) d)'],
  ['a == b == c', '(== (== a b) c)'],
  ['a < b <= c > d >= e', '(>= (> (<= (< a b) c) d) e)'],
  ['(a + b) * c', '(* (+ a b) c)'],
  ['a - (b - c)', '(- a (- b c))'],
  ['-a * b', '(* (- a) b)'],
  ['- -a', '(- (- a))'],
  ['!-a.b(c)', '(! (- (a.b c)))'],
  ['!a == b', '(== (! a) b)'],
  ['a - -1', '(- a (- 1))'],
  ['f(a)(b).c(d)', '((f a)(b).c d)'.replace('(f a)(b)', '((f a) b)')],
  ['a + y = 1 + 2', '(+ a (= y (+ 1 2)))'],
  ['y = z = 1', '(= y (= z 1))'],
  ['a + |b: A| b + c', '(+ a (|b: A| (+ b c)))'],
  ['|| a or b', '(| (or a b))'.replace('(| ', '(|| ')],
  ['a or || b', '(or a (|| b))'],
  ['a + match b { _ -> c } + d', '(+ (+ a (match b _ -> c)) d)'],
  ['let y = a + b', '(let y (+ a b))'],
  ['1 + let y = a + b', '(+ 1 (let y (+ a b)))'],
])('%s', (text, expected) => {
  const { module, places } = parseText(inBody(text));
  expect(places).toEqual([]);
  const [declaration] = module.declarations;
  expect(declaration?.kind === 'function' && declaration.body.result && showExpr(declaration.body.result)).toBe(
    expected,
  );
});
