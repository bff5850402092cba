import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../../src/shared/errors.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';
import { clarityc } from '../../helpers/run-clarityc.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

function workspaceOf(files: Readonly<Record<string, string>> = {}) {
  const workspace = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(workspace, path, '..'), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return { workspace, rig: new BuiltinRig({ workspace }) };
}

describe('clarity__sources', () => {
  const FILES = {
    'a.clarity': 'module Alpha\n',
    'deep/er/b.clarity': '// no module here\n',
    'node_modules/x/c.clarity': 'module Hidden\n',
    '.clarity/d.clarity': 'module Hidden\n',
    'notes.txt': '',
  };

  it('finds programs with their modules, without dot folders and node_modules', async () => {
    const { rig } = workspaceOf(FILES);
    expect((await rig.call('clarity__sources')).json).toMatchObject({
      dir: '.',
      total_found: 2,
      returned: 2,
      items: [
        { file: 'a.clarity', module: 'Alpha' },
        { file: 'deep/er/b.clarity', module: 'b' },
      ],
    });
  });

  it('stays in one folder, stops at the limit and shows the beginning where that is asked', async () => {
    const { rig } = workspaceOf({ ...FILES, 'z.clarity': `module Z\n${'x'.repeat(500)}` });
    expect((await rig.call('clarity__sources', { recursive: false, limit: 1 })).json).toMatchObject({
      total_found: 2,
      returned: 1,
    });
    const { json } = await rig.call('clarity__sources', { recursive: false, include_excerpt: true, excerpt_chars: 64 });
    expect(json.items[1].excerpt).toBe(`module Z\n${'x'.repeat(55)}`);
  });

  it('follows links that stay inside, each folder once, and no other', async () => {
    const { workspace, rig } = workspaceOf(FILES);
    const outside = workspaceOf({ 'secret.clarity': 'module Secret\n' });
    symlinkSync(outside.workspace, join(workspace, 'out'));
    symlinkSync(join(outside.workspace, 'secret.clarity'), join(workspace, 'leak.clarity'));
    symlinkSync('deep', join(workspace, 'again'));
    symlinkSync('.', join(workspace, 'deep', 'loop'));
    const { json } = await rig.call('clarity__sources');
    expect(json.items.map(({ module }: any) => module)).not.toContain('Secret');
    expect(json.total_found).toBe(2);
    for (const dir of ['..', '/etc', 'out', 'deep/../..', '.clarity']) {
      const { isError, texts } = await rig.call('clarity__sources', { dir });
      expect([dir, isError, texts[0]]).toEqual([
        dir,
        true,
        expect.stringMatching(/outside of the workspace|begins with a dot/),
      ]);
    }
  });
});

describe('clarity__help', () => {
  it.each([
    [{}, 'overview'],
    [{ topic: 'onboarding' }, 'onboarding'],
    [{ topic: 'constructor' }, 'overview'],
  ])('%j: %s', async (args, topic) => {
    const { json } = await new BuiltinRig().call('clarity__help', args);
    expect(json).toMatchObject({ topic, all_topics: ['overview', 'prompts', 'onboarding', 'default_language'] });
  });
});

describe('clarity__project_structure', () => {
  it('names four files, with templates where they are asked for', async () => {
    const rig = new BuiltinRig();
    const { json } = await rig.call('clarity__project_structure', { project_name: 'shop', module_name: 'Shop' });
    expect(json.tree).toEqual(
      ['src/main.clarity', 'README.md', 'clarity.toml', 'tests/smoke.md'].map((path) => `shop/${path}`),
    );
    expect(json.files[0]).toMatchObject({ path: 'src/main.clarity', template: expect.stringContaining('module Shop') });
    const { json: bare } = await rig.call('clarity__project_structure', { include_templates: false });
    expect(bare.files[0]).not.toHaveProperty('template');
  });
});

describe('clarity__ensure_compiler', () => {
  it('tells the version of the one inside, and runs nothing whatever it is given', async () => {
    const { workspace, rig } = workspaceOf();
    const mark = join(workspace, 'ran');
    const { json, texts } = await rig.call('clarity__ensure_compiler', {
      compiler_bin: `/bin/touch ${mark}`,
      auto_install: true,
      install_command: ['/bin/touch', mark],
    });
    expect(json).toEqual({ compiler_bin: 'embedded', available: true, installed: true, version: '1.2.3' });
    expect(texts[1]).toMatch(/compiler_bin was not run[^]*Nothing was installed[^]*CLARITY_ENABLE_COMPILER_INSTALL/);
    expect(existsSync(mark)).toBe(false);
  });
});

describe('clarity__bootstrap_app', () => {
  const SHOP = { project_name: 'Shop', module_name: 'Shop' };

  it('writes a project that compiles, and registers it by a manifest', async () => {
    const { workspace, rig } = workspaceOf();
    const { json } = await rig.call('clarity__bootstrap_app', SHOP);
    expect(json).toMatchObject({
      project_name: 'Shop',
      project_dir: join(workspace, 'Shop'),
      module_name: 'Shop',
      files_written: ['src/main.clarity', 'README.md', 'clarity.toml', 'tests/smoke.md'],
      files_unchanged: [],
      idempotent: false,
      compiler: { compiler_bin: 'embedded', version: '1.2.3' },
      compile: { source: 'Shop/src/main.clarity', wasm: null },
      registered: true,
      service: { module: 'Shop', source_file: 'Shop/src/main.clarity' },
    });
    expect(rig.applied).toContain('sourceFile: Shop/src/main.clarity');
    expect(rig.runtime.asked[0]?.[2]).toEqual({ managedBy: 'mcp', force: false, folder: 'mcp' });
    for (const command of ['check', 'test']) {
      const { code, stdout, stderr } = await clarityc([command, 'Shop/src/main.clarity'], { cwd: workspace });
      expect([command, code, stdout + stderr]).toEqual([command, 0, expect.not.stringContaining('warning')]);
    }
  });

  it('a second time writes nothing', async () => {
    const { rig } = workspaceOf();
    await rig.call('clarity__bootstrap_app', SHOP);
    const { json } = await rig.call('clarity__bootstrap_app', SHOP);
    expect(json).toMatchObject({ files_written: [], idempotent: true, registered: true });
    expect(json.files_unchanged).toHaveLength(4);
    expect(rig.runtime.asked.filter(([method]) => method === 'apply')).toHaveLength(1);
  });

  it('keeps files of others, and replaces them only where that is asked', async () => {
    const { workspace, rig } = workspaceOf({ 'Shop/README.md': 'mine' });
    const { json, texts } = await rig.call('clarity__bootstrap_app', { ...SHOP, register_service: false });
    expect(json).toMatchObject({ files_unchanged: ['README.md'], registered: false, service: null });
    expect(texts[1]).toContain('were kept (overwrite: true replaces them): README.md');
    expect(readFileSync(join(workspace, 'Shop/README.md'), 'utf8')).toBe('mine');
    await rig.call('clarity__bootstrap_app', { ...SHOP, register_service: false, overwrite: true });
    expect(readFileSync(join(workspace, 'Shop/README.md'), 'utf8')).toContain('# Shop');
  });

  it.each([
    ['the service does not start', 'waitFor'],
    ['the manifest is refused', 'apply'],
  ])('takes everything back where %s, and says so', async (_what, method) => {
    const { workspace, rig } = workspaceOf({ 'Shop/README.md': 'mine' });
    if (method === 'apply') rig.runtime.failure = new ClarityError('Conflict', 'taken');
    else rig.runtime.waitFor = () => Promise.resolve({ met: false, why: 'CompileFailed: main.clarity:3:1' });
    const { isError, texts } = await rig.call('clarity__bootstrap_app', { ...SHOP, overwrite: true });
    expect([isError, texts[0]]).toEqual([true, expect.stringContaining('rolled back: everything is as it was before')]);
    expect(readFileSync(join(workspace, 'Shop/README.md'), 'utf8')).toBe('mine');
    expect(existsSync(join(workspace, 'Shop/src'))).toBe(false);
    expect(rig.runtime.views.has('shop')).toBe(false);
  });

  it('writes nowhere but in the workspace, also through links', async () => {
    const { workspace, rig } = workspaceOf();
    const outside = tempFolder();
    symlinkSync(outside, join(workspace, 'out'));
    mkdirSync(join(workspace, 'Shop'));
    symlinkSync(outside, join(workspace, 'Shop', 'src'));
    for (const args of [SHOP, { ...SHOP, dir: 'out' }, { ...SHOP, dir: '..' }, { ...SHOP, dir: '.git' }]) {
      const { isError } = await rig.call('clarity__bootstrap_app', { ...args });
      expect([args, isError]).toEqual([args, true]);
    }
    expect(existsSync(join(outside, 'main.clarity')) || existsSync(join(outside, 'Shop'))).toBe(false);
    expect(rig.runtime.asked).toEqual([]);
  });
});
