import { describe, expect, it } from 'vitest';
import { Reporter } from '../../../src/compiler/diagnostics/reporter.ts';
import { loadProgram } from '../../../src/compiler/modules/load-program.ts';

/** Loads `main` of some texts; a specifier is the name of a file. */
function load(texts: Readonly<Record<string, string>>) {
  const report = new Reporter();
  const asked: string[] = [];
  const resolver = {
    resolve: (specifier: string) => {
      asked.push(specifier);
      const text = texts[specifier];
      return text === undefined ? undefined : { path: specifier, text };
    },
  };
  const { modules } = loadProgram({ path: 'main', text: texts['main'] ?? '' }, resolver, report);
  const findings = report.sorted().map(({ kind, source, span, message }) => {
    const { line, column } = source.position(span.start);
    return { at: `${source.path} ${kind} ${line}:${column}`, message };
  });
  return {
    modules,
    order: modules.map(({ module }) => module.source.path),
    places: findings.map(({ at }) => at),
    findings,
    asked,
  };
}

const importing = (...names: readonly string[]) =>
  ['module M', ...names.map((name) => `import { x } from "${name}"`), 'export function x() -> Int64 { 1 }'].join('\n');

describe('the modules of a program', () => {
  it('stand behind what they import, each file once', () => {
    const { order, modules } = load({
      main: importing('b', 'c'),
      b: importing('d'),
      c: importing('d', 'b'),
      d: importing(),
    });
    expect(order).toEqual(['d', 'b', 'c', 'main']);
    const [d, b, c] = modules;
    expect([...c!.imports.values()]).toEqual([d, b]);
  });

  it('know whether they belong to the bundled library', () => {
    const { modules } = load({
      main: importing('std/a', 'b'),
      'std/a': importing('helper', 'std/c'),
      'std/c': importing(),
      helper: importing(),
      b: importing(),
    });
    expect(modules.map(({ module, std }) => [module.source.path, std])).toEqual([
      ['helper', true],
      ['std/c', true],
      ['std/a', true],
      ['b', false],
      ['main', false],
    ]);
  });

  it('may be imported in a chain of any length', () => {
    const length = 10_000;
    const texts: Record<string, string> = { main: importing('m0') };
    for (let i = 0; i < length; i++) texts[`m${i}`] = i + 1 < length ? importing(`m${i + 1}`) : importing();
    const { order, places } = load(texts);
    expect([order.length, order[0], places]).toEqual([length + 1, `m${length - 1}`, []]);
  });
});

describe('a file that is not there', () => {
  it('is reported at its import, and the others are loaded', () => {
    const { order, places, modules } = load({ main: importing('absent', 'b'), b: importing() });
    expect([order, places]).toEqual([['b', 'main'], ['main module-not-found 2:1']]);
    expect(modules[1]!.imports.size).toBe(1);
  });
});

describe('modules that import each other', () => {
  it.each([
    ['main and one file', { main: importing('b'), b: importing('main') }, 'main', '`main`', 'main → b → main'],
    ['main itself', { main: importing('main') }, 'main', '', 'main → main'],
    ['two below', { main: importing('b'), b: importing('c'), c: importing('b') }, 'b', '', 'b → c → b'],
    ['three', { main: importing('b'), b: importing('c'), c: importing('main') }, 'main', '', 'main → b → c → main'],
  ])('%s: reported once, where the ring is entered', (_, texts, file, __, path) => {
    const { findings } = load(texts);
    expect(findings).toEqual([
      { at: `${file} module-unavailable 2:1`, message: `These modules import each other: ${path}.` },
    ]);
  });

  it('are reported once for one import, whatever else leads back', () => {
    const { places } = load({ main: importing('b'), b: importing('main', 'c'), c: importing('main', 'b') });
    expect(places).toEqual(['b module-unavailable 3:1', 'main module-unavailable 2:1']);
  });
});

it('reports what does not parse file by file, imported ones first', () => {
  const { places } = load({ main: `${importing('b')}\n1`, b: `${importing('c')}\n2`, c: `${importing()}\n3` });
  expect(places).toEqual(['c parse 3:1', 'b parse 4:1', 'main parse 4:1']);
});
