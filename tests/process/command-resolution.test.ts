import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveCommand } from '../../src/process/command.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function prepare(): string {
  const root = tempFolder();
  mkdirSync(join(root, 'bin/folder'), { recursive: true });
  mkdirSync(join(root, 'late'));
  for (const file of ['bin/tool', 'bin/plain', 'late/plain'])
    writeFileSync(join(root, file), '#!/bin/sh\n', { mode: file === 'bin/plain' ? 0o644 : 0o755 });
  return root;
}

describe('a command', () => {
  it.each([
    ['by name in PATH', 'tool', 'bin', 'bin/tool'],
    ['relative to the folder, whatever PATH says', './bin/tool', 'nowhere', 'bin/tool'],
    ['past one that may not be executed', 'plain', 'bin:late', 'late/plain'],
  ])('is found %s', async (_, command, path, expected) => {
    const root = prepare();
    const absolute = path
      .split(':')
      .map((folder) => join(root, folder))
      .join(':');
    expect(await resolveCommand(command, root, absolute)).toBe(join(root, expected));
  });

  it.each([
    ['is missing', 'nothing', /"nothing" was not found in the 1 folders of PATH/],
    ['is missing by path', './nothing', /was not found at .*\/nothing/],
    ['is a folder', './bin/folder', /bin\/folder is a folder/],
    ['is not executable', 'plain', /bin\/plain is not executable/],
    ['lies below a file', './bin/tool/x', /was not found/],
    ['is empty', '', /was not found/],
  ])('that %s is refused with what is in the way', async (_, command, message) => {
    const root = prepare();
    const refused = resolveCommand(command, root, join(root, 'bin'));
    await expect(refused).rejects.toMatchObject({ code: 'CommandNotFound', message: expect.stringMatching(message) });
  });
});
