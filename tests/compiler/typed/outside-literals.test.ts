import { describe, expect, it } from 'vitest';
import { outsideLiterals } from '../../../src/compiler/typed/outside-literals.ts';
import { compileText, findings } from '../../helpers/clarity-compile.ts';

function literals(text: string, files: Readonly<Record<string, string>> = {}) {
  const result = compileText(`module Main\n${text}`, files);
  if (result.program === undefined) throw new Error(findings(result).join('\n'));
  return outsideLiterals(result.program);
}

const get = (url: string) => `effect[Network] function f(x: String) -> Result<String, String> { http_get(${url}) }`;
const secret = (name: string) => `effect[Secret] function s(x: String) -> Option<String> { get_secret(${name}) }`;

describe('the hosts that a program names', () => {
  it.each([
    ['a whole URL', get('"https://api.example.com/v1"'), ['api.example.com']],
    ['a port that is not the usual one', get('"http://localhost:8080/x"'), ['localhost:8080']],
    ['the usual port', get('"https://EXAMPLE.com:443/"'), ['example.com']],
    ['a path that is computed', get('"https://api.example.com/users/${x}"'), ['api.example.com']],
    ['a host that is computed', get('"https://${x}.example.com/"'), []],
    ['a host that goes on in the next part', get('"https://api." ++ x'), []],
    ['a host that a path follows', get('"https://api.example.com" ++ x'), ['api.example.com']],
    ['another scheme, and text that is no URL', get('"ftp://example.com" ++ "https is fine"'), []],
    ['a constant', `const BASE: String = "https://a.example/v1";\n${get('BASE ++ x')}`, ['a.example']],
    [
      'branches, lists and lambdas',
      `effect[Network] function f(x: String) -> List<Result<String, String>> {
  let g = |y: String| http_get(match y { "a" -> "https://one.example/", _ -> "https://two.example/" });
  [g(x)]
}`,
      ['one.example', 'two.example'],
    ],
  ])('%s', (_what, text, hosts) => {
    expect(literals(text).hosts).toEqual(hosts);
  });

  it('are those of what the entry reaches, in other modules too', () => {
    const files = {
      'lib.clarity': `module Lib
export function used() -> String { "https://used.example/" }
export function unused() -> String { "https://unused.example/" }
`,
    };
    const text = 'import { used } from "./lib"\nfunction f() -> String { used() }';
    expect(literals(text, files).hosts).toEqual(['used.example']);
  });
});

describe('the secrets that a program names', () => {
  it.each([
    ['a literal', secret('"API_KEY"'), ['API_KEY'], false],
    ['a constant', `const NAME: String = "TOKEN";\n${secret('NAME')}`, ['TOKEN'], false],
    ['a computed name', secret('x ++ "_KEY"'), [], true],
    ['none', 'function f() -> Int64 { 1 }', [], false],
  ])('%s', (_what, text, secrets, computedSecrets) => {
    expect(literals(text)).toMatchObject({ secrets, computedSecrets });
  });
});
