import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bootstrap, type BootstrapWish } from '../../src/setup/bootstrap.ts';
import { bootstrapStatus } from '../../src/setup/bootstrap-status.ts';
import { readClientFile, writeClientFile } from '../../src/setup/client-file.ts';
import { clientFiles } from '../../src/setup/clients/client-files.ts';
import { gatewayEntry } from '../../src/setup/clients/gateway-entry.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const entry = gatewayEntry({}, 'http://127.0.0.1:4707');

function home() {
  const folder = tempFolder();
  const files = clientFiles({ HOME: folder });
  const run = (over: Partial<BootstrapWish> = {}) =>
    bootstrap({ files, clients: ['codex', 'claude'], entry, dryRun: false, ...over });
  return { folder, files, run };
}

describe('the files of clients', () => {
  it('are made where they are missing, for the user alone; a second run touches nothing', async () => {
    const { files, run } = home();
    expect((await run()).results.map(({ client, updated }) => [client, updated])).toEqual([
      ['codex', true],
      ['claude', true],
    ]);
    expect(statSync(files.codex).mode & 0o777).toBe(0o600);
    const before = statSync(files.claude);
    const again = await run();
    expect(again.results.every(({ updated, patch }) => !updated && patch === '')).toBe(true);
    expect(statSync(files.claude).ino).toBe(before.ino);
    expect(existsSync(`${files.claude}.clarity-backup`)).toBe(false);
  });

  it('keep their mode, and leave one backup with the text and mode of before', async () => {
    const { files, folder, run } = home();
    writeFileSync(files.claude, '{"a":1}', { mode: 0o640 });
    chmodSync(files.claude, 0o640);
    await run({ clients: ['claude'] });
    const backup = `${files.claude}.clarity-backup`;
    expect(readFileSync(backup, 'utf8')).toBe('{"a":1}');
    for (const file of [files.claude, backup]) expect(statSync(file).mode & 0o777).toBe(0o640);
    await run({ clients: ['claude'], entry: undefined });
    expect(readFileSync(files.claude, 'utf8')).toBe('{"a":1}');
    expect(readdirSync(folder).sort()).toEqual(['.claude.json', '.claude.json.clarity-backup']);
  });

  it('that are symbolic links stay links; what they lead to is written', async () => {
    const { files, folder, run } = home();
    mkdirSync(join(folder, 'dotfiles'));
    writeFileSync(join(folder, 'dotfiles/claude.json'), '{}\n');
    symlinkSync('dotfiles/claude.json', files.claude);
    mkdirSync(join(folder, '.codex'));
    symlinkSync('../dotfiles/codex.toml', files.codex);
    await run();
    for (const file of [files.claude, files.codex]) expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'dotfiles/claude.json'), 'utf8')).toContain('clarity_gateway');
    expect(readFileSync(join(folder, 'dotfiles/codex.toml'), 'utf8')).toContain('clarity_gateway');
  });

  it('are all left alone where one of them cannot be edited', async () => {
    const { files, run } = home();
    writeFileSync(files.claude, '{"a": 1,}\n');
    await expect(run()).rejects.toThrow(`${files.claude}:1: no comma may stand before }; the file was not changed`);
    expect(readFileSync(files.claude, 'utf8')).toBe('{"a": 1,}\n');
    expect(existsSync(files.codex)).toBe(false);
  });

  it.each([
    ['read-only', (file: string) => (writeFileSync(file, '{}'), chmodSync(file, 0o444)), 'is read-only'],
    ['no UTF-8', (file: string) => writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d])), 'is not UTF-8'],
    ['a folder', (file: string) => mkdirSync(file), 'is no regular file'],
    ['a link to itself', (file: string) => symlinkSync(file, file), 'symbolic link to itself'],
  ])('%s: told, not written', async (_what, make, why) => {
    const { files, run } = home();
    make(files.claude);
    await expect(run({ clients: ['claude'] })).rejects.toThrow(why);
    expect(existsSync(`${files.claude}.clarity-backup`)).toBe(false);
  });

  it('are not written over what a client wrote meanwhile', async () => {
    const { files } = home();
    writeFileSync(files.claude, '{"a":1}');
    const before = await readClientFile(files.claude);
    writeFileSync(files.claude, '{"a":2}');
    await expect(writeClientFile(before, '{"b":1}')).rejects.toThrow('changed by somebody else');
    expect(readFileSync(files.claude, 'utf8')).toBe('{"a":2}');
  });

  it('are only told of in a dry run, secrets masked', async () => {
    const { files, run } = home();
    writeFileSync(
      files.claude,
      '{\n  "mcpServers": {\n    "x": {\n      "env": {\n        "API_KEY": "hush"\n      }\n    }\n  }\n}\n',
    );
    const { results } = await run({ dryRun: true, clients: ['claude'] });
    expect(results[0]).toMatchObject({
      updated: true,
      patch: expect.stringContaining('+    "clarity_gateway"') as string,
    });
    expect(results[0]?.patch).not.toContain('hush');
    expect(readFileSync(files.claude, 'utf8')).not.toContain('clarity_gateway');
  });

  it('AGENTS.md gets its block, and loses it, with the mode of a text for all', async () => {
    const { folder, run } = home();
    const file = join(folder, 'AGENTS.md');
    expect((await run({ clients: [], agentsFolder: folder })).agentsMd).toMatchObject({ path: file, updated: true });
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect((await run({ clients: [], agentsFolder: folder })).agentsMd?.updated).toBe(false);
    await run({ clients: [], agentsFolder: folder, entry: undefined });
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});

describe('status', () => {
  it('tells what stands in the files, also what is outdated or cannot be read', async () => {
    const { files, run } = home();
    const none = { present: false, configured: false };
    expect(await bootstrapStatus(files)).toEqual([
      { client: 'codex', path: files.codex, ...none },
      { client: 'claude', path: files.claude, ...none },
    ]);
    await run({ clients: ['codex'] });
    writeFileSync(files.claude, '{"mcpServers":{"clarity_gateway":{"transport":"http","url":"http://a/mcp"}}}');
    const there = { present: true, configured: true };
    expect(await bootstrapStatus(files)).toEqual([
      {
        client: 'codex',
        path: files.codex,
        ...there,
        transport: 'stdio',
        command: 'clarityctl',
        args: ['gateway', 'serve', '--stdio'],
      },
      { client: 'claude', path: files.claude, ...there, transport: 'http', endpoint: 'http://a/mcp', outdated: true },
    ]);
    writeFileSync(files.claude, '{');
    expect((await bootstrapStatus(files))[1]).toMatchObject({
      present: true,
      configured: false,
      error: expect.stringContaining('.claude.json:1: ') as string,
    });
  });
});
