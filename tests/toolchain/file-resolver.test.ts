import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileResolver } from '../../src/toolchain/file-resolver.ts';
import { sourceFolder } from '../helpers/run-clarityc.ts';

const resolver = fileResolver();

describe('the resolver of files', () => {
  it.each(['lib', './lib', 'lib.clarity', './lib.clarity', 'sub/../lib'])(
    'finds %s beside the importing file',
    (specifier) => {
      const folder = sourceFolder({ 'lib.clarity': 'module Lib', 'sub/x.clarity': '' });
      expect(resolver.resolve(specifier, join(folder, 'main.clarity'))).toEqual({
        path: join(folder, 'lib.clarity'),
        text: 'module Lib',
      });
    },
  );

  it('gives a file one path, however it is reached', () => {
    const folder = sourceFolder({ 'lib.clarity': 'module Lib' });
    symlinkSync('lib.clarity', join(folder, 'link.clarity'));
    expect(resolver.resolve('link', join(folder, 'main.clarity'))?.path).toBe(join(folder, 'lib.clarity'));
  });

  it('finds the bundled library as std/x, also beside a folder of that name', () => {
    const folder = sourceFolder({ 'std/list.clarity': 'module Mine' });
    const found = resolver.resolve('std/list', join(folder, 'main.clarity'));
    expect(found?.text).toContain('module List');
    expect(resolver.resolve('./std/list', join(folder, 'main.clarity'))?.text).toBe('module Mine');
    expect(resolver.resolve('std/map', found!.path)?.text).toContain('module Map');
  });

  it('drops a byte order mark', () => {
    const folder = sourceFolder({ 'lib.clarity': '\ufeffmodule Lib' });
    expect(resolver.resolve('lib', join(folder, 'main.clarity'))?.text).toBe('module Lib');
  });

  it.each([
    ['a missing file', () => undefined],
    ['a folder', (path: string) => mkdirSync(path)],
    ['links in a circle', (path: string) => symlinkSync(basename(path), path)],
    ['a named pipe', (path: string) => void execFileSync('mkfifo', [path])],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
    ['a file beyond the limit', (path: string) => (writeFileSync(path, ''), truncateSync(path, 16 * 1024 * 1024 + 1))],
  ])('answers undefined for %s', (_, make) => {
    const folder = sourceFolder({});
    make(join(folder, 'lib.clarity'));
    expect(resolver.resolve('lib', join(folder, 'main.clarity'))).toBeUndefined();
  });

  it.each(['', 'std/', 'std/../list', 'std/nothing', 'a\0b', 'x'.repeat(10_000)])(
    'answers undefined for %j',
    (specifier) => {
      expect(resolver.resolve(specifier, join(sourceFolder({}), 'main.clarity'))).toBeUndefined();
    },
  );
});
