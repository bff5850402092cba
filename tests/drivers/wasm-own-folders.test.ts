import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { outsideRig } from '../helpers/outside-rig.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { NO_GRANTS, sharedRig, type Tried } from '../helpers/wasm-sandbox.ts';

const rig = sharedRig();
let folder: string;
let program: Tried;
const own = () => ({
  closed: ['.clarity', '.clarity-hitl'].map((name) => join(folder, name)),
  readOnly: ['services.d', 'linked.d', 'way/manifests'].map((name) => join(folder, name)),
});

/** A service with the whole workspace, as `clarityctl add` grants it; the folder of questions is not there yet. */
beforeEach(() => {
  folder = tempFolder();
  for (const name of ['.clarity/secrets', 'services.d/team', 'real.d', 'data'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, '.clarity/secrets/token'), 's3cret');
  writeFileSync(join(folder, 'services.d/a.yaml'), 'kind: MCPService');
  symlinkSync(join(folder, 'real.d'), join(folder, 'linked.d'));
  symlinkSync(join(folder, 'data'), join(folder, 'way'));
  symlinkSync(join(folder, '.clarity'), join(folder, 'data/state'));
  symlinkSync(join(folder, 'services.d'), join(folder, 'data/services'));
  const grants = { ...NO_GRANTS, fs: { read: [folder], write: [folder, join(folder, '.clarity')] } };
  const checkpoints = join(folder, '.clarity/checkpoints/tried');
  program = rig.open(undefined, { workspace: folder, grants, ownFolders: own(), checkpoints });
});

describe("the runtime's own folders", () => {
  it.each([
    '.clarity/secrets/token',
    'data/../.clarity/secrets/token',
    'data/state/secrets/token',
    '.clarity',
    '.clarity-hitl/question.json',
  ])('are neither read nor written by a module that may use the whole workspace: %s', async (path) => {
    for (const [name, args] of [
      ['read', { path }],
      ['exists', { path }],
      ['list', { path }],
      ['remove', { path: `${path}/x` }],
      ['folder', { path }],
      ['write', { path, content: 'x' }],
    ] as const)
      expect(await program.text(name, args)).toContain("the runtime's own folders: no manifest grants that.");
    expect(program.refusals.length).toBeGreaterThan(0);
    expect(program.refusals.every(({ need, add }) => need === 'fs' && add === undefined)).toBe(true);
    expect(readFileSync(join(folder, '.clarity/secrets/token'), 'utf8')).toBe('s3cret');
    expect(existsSync(join(folder, '.clarity-hitl'))).toBe(false);
  });

  it.each(['services.d/b.yaml', 'data/services/b.yaml', 'services.d/team/b.yaml', 'linked.d/b.yaml', 'real.d/b.yaml'])(
    'of manifests are read, and not written: %s',
    async (path) => {
      expect(await program.text('exists', { path })).toBe('false');
      expect(await program.text('read', { path: 'services.d/a.yaml' })).toBe('kind: MCPService');
      for (const name of ['write', 'remove', 'folder'])
        expect(await program.text(name, name === 'write' ? { path, content: 'x' } : { path })).toContain(
          'the folder of the manifests: no manifest grants that.',
        );
      expect(existsSync(join(folder, path))).toBe(false);
    },
  );

  it('are not lost with the link that leads to them', async () => {
    for (const path of ['linked.d', 'way'])
      expect(await program.text('remove', { path })).toContain('no manifest grants that.');
    for (const path of ['linked.d', 'way']) expect(existsSync(join(folder, path))).toBe(true);
  });

  it('keep the checkpoints of the module all the same', async () => {
    expect(await program.text('save', { key: 'k', value: 'v' })).toBe('k');
    expect(await program.text('load', { key: 'k' })).toBe('"v"');
  });

  it('are not watched, and those of manifests are', async () => {
    const fs = { read: [folder], write: [] };
    const { run, refusals } = outsideRig({ fs, workspace: folder, ownFolders: own() });
    const err =
      "The service may not watch `data/state`, which is in the runtime's own folders: no manifest grants that.";
    expect(await run('fs_watch_start', 'data/state')).toEqual({ err });
    expect(refusals).toEqual([{ need: 'fs', message: err }]);
    expect(await run('fs_watch_start', 'services.d')).toEqual({ ok: 1n });
  });
});
