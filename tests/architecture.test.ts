import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSourceTree, rooms, type Import, type SourceFile } from './helpers/source-tree.ts';

/**
 * The house rules. A line of the ladder: room -> what it may import beside itself. A cell is a room, or one file of it;
 * `type:` in front allows only `import type`. Arrows point downwards; to add one is a decision worth an ADR.
 */
const PORTS = 'type:reconcile/ports.ts';
const LADDER: Record<string, readonly string[]> = {
  // 0: values in, values out
  shared: [],
  wire: ['shared'],
  manifest: ['shared'],
  compiler: ['shared'],
  // 1
  reconcile: ['manifest', 'shared'],
  config: ['shared'],
  // 2: the outside world, one room each; they never import each other
  view: ['wire', 'shared'],
  client: ['wire', 'shared'],
  process: [PORTS, 'shared'],
  security: [PORTS, 'shared'],
  'wasm-host': ['compiler', 'shared'],
  toolchain: ['compiler', 'shared'],
  telemetry: [PORTS, 'shared'],
  sources: [PORTS, 'manifest', 'process', 'security', 'telemetry', 'shared'],
  artifacts: [PORTS, 'manifest', 'compiler', 'toolchain', 'process', 'telemetry', 'shared'],
  drivers: [PORTS, 'manifest', 'compiler', 'wasm-host', 'process', 'security', 'telemetry', 'shared'],
  store: [PORTS, 'manifest', 'process', 'security', 'telemetry', 'shared'],
  writer: [PORTS, 'manifest', 'process', 'security', 'telemetry', 'shared'],
  setup: [PORTS, 'manifest', 'process', 'security', 'telemetry', 'shared'],
  // 3
  controller: ['reconcile', 'manifest', 'telemetry', 'shared'],
  // 4
  runtime: ['controller', 'reconcile', 'manifest', 'security', 'telemetry', 'shared'],
  // 5: the doors; they see the runtime through its interface
  api: ['type:runtime/types.ts', 'setup', PORTS, 'manifest', 'security', 'telemetry', 'wire', 'shared'],
  gateway: ['type:runtime/types.ts', PORTS, 'manifest', 'security', 'telemetry', 'wire', 'shared'],
  // 6
  cli: ['client', 'view', 'wire', 'config', 'toolchain', 'setup', 'manifest', 'compiler', 'reconcile', 'process', 'shared'],
  clarityc: ['cli', 'config', 'toolchain', 'wasm-host', 'compiler', 'process', 'shared'],
};

/** The composition root may import anything. */
const TOP = new Set(['daemon.ts']);

/** A package, or a `node:` module with consequences, has its home: folders below src where it may be imported. */
const HOMES: Record<string, readonly string[]> = {
  ajv: ['manifest', 'gateway'],
  chokidar: ['sources/directory'],
  commander: ['cli', 'clarityc', 'config'],
  diff: ['writer', 'cli', 'setup'],
  'eventsource-parser': ['drivers/remote', 'drivers/wasm', 'client'],
  fastify: ['api', 'gateway'],
  'json-schema-to-ts': ['manifest'],
  libsql: ['store'],
  picocolors: ['cli', 'clarityc'],
  pino: ['telemetry'],
  'prom-client': ['telemetry'],
  'smol-toml': ['setup'],
  undici: ['drivers/remote', 'drivers/wasm'],
  yaml: ['manifest', 'writer'],
  'node:child_process': ['process'],
  'node:worker_threads': ['artifacts', 'clarityc', 'drivers/wasm'],
};

const PURE = ['shared', 'wire', 'manifest', 'compiler', 'reconcile'];
const BROWSER_SAFE = ['shared', 'wire', 'view', 'client'];
const CLOCK = /^(Date\.now|new Date\(\)|performance\.now|setTimeout|setInterval|setImmediate|Math\.random)$/;

/** Longer than 600 lines, with the reason (a table, a state machine). */
const LONG: Record<string, string> = { 'compiler/builtins/rows.ts': 'a table: a row for each builtin' };

const files = readSourceTree();
const inside = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** What breaks a law, as `file:line name`, so that a failure says where to look. */
function offences(of: readonly SourceFile[], breaks: (entry: Import, file: SourceFile) => boolean): string[] {
  return of.flatMap((file) => file.imports.filter((i) => breaks(i, file)).map((i) => `${i.at} imports ${i.name}`));
}
function mentions(of: readonly SourceFile[], name: RegExp): string[] {
  return of.flatMap((file) => file.globals.filter((g) => name.test(g.name)).map((g) => `${g.at} uses ${g.name}`));
}
const outside = (...folders: string[]) => files.filter(({ path }) => !folders.some((folder) => inside(path, folder)));
const within = (...folders: string[]) => files.filter(({ path }) => folders.some((folder) => inside(path, folder)));

function ladderAllows(from: SourceFile, { name, typeOnly }: Import): boolean {
  if (TOP.has(from.room) || inside(name, from.room)) return true;
  return (LADDER[from.room] ?? []).some((cell) =>
    cell.startsWith('type:') ? typeOnly && inside(name, cell.slice(5)) : inside(name, cell),
  );
}

describe('architecture', () => {
  it('every room has its line in the ladder and a README of at most 15 lines', () => {
    expect(rooms().filter((room) => LADDER[room] === undefined)).toEqual([]);
    const readme = (room: string) => new URL(`../src/${room}/README.md`, import.meta.url);
    const lines = (room: string) => readFileSync(readme(room), 'utf8').trimEnd().split('\n').length;
    expect(rooms().filter((room) => !existsSync(readme(room)) || lines(room) > 15)).toEqual([]);
  });

  it('imports only go down the ladder, and so do its own arrows', () => {
    const order = Object.keys(LADDER);
    const room = (cell: string) => cell.replace('type:', '').split('/')[0]!;
    const upward = (from: string) => LADDER[from]!.filter((cell) => order.indexOf(room(cell)) >= order.indexOf(from));
    expect(order.flatMap(upward)).toEqual([]);
    expect(offences(files, (entry, file) => entry.own && !ladderAllows(file, entry))).toEqual([]);
  });

  it('law 1: the pure rooms have no clock, no environment and no I/O', () => {
    expect(mentions(within(...PURE), CLOCK)).toEqual([]);
    expect(mentions(within(...PURE), /^(process|console)\.|^fetch$/)).toEqual([]);
    const io = (name: string) => name.startsWith('node:') && name !== 'node:crypto';
    expect(offences(within(...PURE), ({ name }) => io(name))).toEqual([]);
  });

  it('law 2: a driver, and a source, never imports its neighbour', () => {
    const kind = (path: string) => /^((?:drivers|sources)\/[^/]+)\//.exec(path)?.[1];
    const other = (from?: string, to?: string) => from !== undefined && to !== undefined && from !== to;
    const across = (entry: Import, file: SourceFile) => entry.own && other(kind(file.path), kind(entry.name));
    expect(offences(files, across)).toEqual([]);
  });

  it('law 3: a third-party package has one home', () => {
    const homeless = ({ name, own }: Import, { path, room }: SourceFile) =>
      !own &&
      !TOP.has(room) &&
      (name in HOMES ? !HOMES[name]!.some((home) => inside(path, home)) : !name.startsWith('node:'));
    expect(offences(files, homeless)).toEqual([]);
  });

  it('law 4: only config reads the environment, only cli ends the process', () => {
    expect(mentions(outside('config'), /^process\.env$/)).toEqual([]);
    expect(mentions(outside('cli', 'clarityc'), /^process\.(exit|abort)$/)).toEqual([]);
    expect(offences(outside('cli', 'clarityc', 'config'), ({ name }) => name === 'node:process')).toEqual([]);
  });

  it('law 5: no file is over 600 lines', () => {
    const over = (limit: number) => files.filter(({ path, lines }) => lines > limit && !(path in LONG));
    for (const { path, lines } of over(400)) console.warn(`src/${path} has ${String(lines)} lines: split it below 400`);
    expect(over(600).map(({ path }) => path)).toEqual([]);
  });

  it('law 6: what a browser may load uses no node: module', () => {
    expect(offences(within(...BROWSER_SAFE), ({ name }) => name.startsWith('node:'))).toEqual([]);
  });
});
