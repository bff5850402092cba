import { describe, expect, it } from 'vitest';

import { formatSource } from '../../../src/compiler/format/format.ts';
import { compileText, findings, wasmOf } from '../../helpers/clarity-compile.ts';
import { ClarityRun } from '../../helpers/clarity-run.ts';
import { compileStd, readStd, STD_MODULES } from './std-module.ts';

const MODULES =
  'a2a agent cli context eval hitl http json list llm map math mcp mux rag result sse stream string tui url'.split(' ');

describe('the bundled library', () => {
  it('has the modules of the language', () => {
    expect(STD_MODULES).toEqual(MODULES);
  });

  it.each(MODULES)('std/%s compiles without a finding', (name) => {
    const result = compileStd(name);
    expect(findings(result)).toEqual([]);
    expect(WebAssembly.validate(wasmOf(result))).toBe(true);
  });

  it.each(MODULES)('std/%s is formatted', (name) => {
    const text = readStd(name);
    expect(formatSource(text)).toBe(text);
  });

  it.each(MODULES)('std/%s explains itself and each of its functions and types', (name) => {
    const module = compileStd(name).program?.entry;
    expect(module?.doc).toMatch(/^[A-Z].*\.$/s);
    for (const { name: fn, doc, exported } of module?.functions ?? []) {
      if (exported) expect(doc, fn).toMatch(/^[A-Z`e0-9-].*\.$/s);
    }
  });

  it('can be imported as a whole', () => {
    const names = {
      a2a: 'discover', agent: 'clear', cli: 'flag', context: 'get_task', eval: 'exact', hitl: 'ask', http: 'get',
      json: 'obj_keys', list: 'map', llm: 'chat', map: 'map_entries, MapEntry', math: 'gcd', mcp: 'list_tools',
      mux: 'poll_raw, MuxEvent', rag: 'chunk', result: 'is_ok', sse: 'connect', stream: 'call', string: 'length',
      tui: 'prompt_line', url: 'encode',
    }; // prettier-ignore
    expect(Object.keys(names)).toEqual(MODULES);
    const imports = Object.entries(names).map(([module, name]) => `import { ${name} } from "std/${module}"`);
    const body =
      'function main() -> Int64 { length(encode(int_to_string(gcd(12, 18)))) + list_length(map([1], gcd_of)) }';
    const text = `module All\n${imports.join('\n')}\n${body}\nfunction gcd_of(n: Int64) -> Int64 { gcd(n, n) }`;
    const result = compileText(text);
    expect(findings(result)).toEqual([]);
    expect(new ClarityRun(wasmOf(result)).call('main', [])).toMatchObject({ result: 2n });
  });

  it('keeps names of its modules apart, and builtins as they are where they are not imported', () => {
    const text = `module Names
import { find } from "std/string"
import { flag } from "std/cli"
function f(s: String) -> Int64 { find(s, "b") }
function g(xs: List<Int64>) -> Int64 { length(concat(xs, xs)) }
function h(xs: List<String>) -> Bool { flag(xs, "x") == None }`;
    const run = new ClarityRun(wasmOf(compileText(text)));
    expect(run.call('f', ['abc'])).toMatchObject({ result: 1n });
    expect(run.call('g', [[1n, 2n]])).toMatchObject({ result: 4n });
    expect(run.call('h', [[]])).toMatchObject({ result: true });
  });
});
