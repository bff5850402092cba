import { describe, expect, it } from 'vitest';
import { inBody, parseText } from './parse-text.ts';
import { showExpr } from './show-tree.ts';

function value(text: string): string {
  const { module, places } = parseText(inBody(text));
  expect(places).toEqual([]);
  const [declaration] = module.declarations;
  if (declaration?.kind !== 'function' || declaration.body.result === undefined) throw new Error('no body');
  return showExpr(declaration.body.result);
}
const string = (text: string) => JSON.parse(value(text)) as string;

describe('strings', () => {
  it.each([
    [String.raw`"a\nb\tc\rd\0e\ef\\g\"h\$i"`, 'a\nb\tc\rd\0e\u001bf\\g"h$i'],
    [String.raw`"\q\x41\u{1}"`, String.raw`\q\x41\u{1}`],
    [String.raw`"\\n"`, String.raw`\n`],
    ['"$ $x \\${x}"', '$ $x ${x}'],
    ['"two\nlines"', 'two\nlines'],
    ['"ä😀"', 'ä😀'],
    ['"""\nfirst "quoted"\n  indented ${x}\n"""', 'first "quoted"\n  indented ${x}\n'],
    ['"""\r\na"""', 'a'],
    ['"""\n\na"""', '\na'],
    ['"""a\\tb\\$c\\""""', 'a\tb\\$c"'],
    ['""""a"""', '"a'],
  ])('%j', (text, expected) => expect(string(text)).toBe(expected));
});

describe('interpolation', () => {
  it.each([
    ['"${x}"', '(str x)'],
    ['"a${x}b"', '(str "a" x "b")'],
    ['"${x}${y}"', '(str x y)'],
    ['"n=${f(x)}; m=${a ++ b}."', '(str "n=" (f x) "; m=" (++ a b) ".")'],
    ['"${f("x")}"', '(str (f "x"))'],
    ['"${f("}")} ${"{"}"', '(str (f "}") " " "{")'],
    ['"${"in ${x} in"} out"', '(str (str "in " x " in") " out")'],
    ['"${match x { 1 -> "a", _ -> { "b" } }}"', '(str (match x 1 -> "a", _ -> {"b"}))'],
    ['"\\n${x}\\t"', '(str "\\n" x "\\t")'],
    ['"${\n  x // the value\n}"', '(str x)'],
  ])('%j', (text, expected) => expect(value(text)).toBe(expected));

  it('has the places of the file', () => {
    expect(parseText(inBody('"x\n ${a b} y"')).places).toEqual(['4:6 parse']);
  });
});
