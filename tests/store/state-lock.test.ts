import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireStateLock } from '../../src/store/state-lock.ts';
import { runScript } from '../helpers/child-script.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const holder = new URL('lock-holder.ts', import.meta.url);

describe('the lock of a state directory', () => {
  it('refuses a second daemon and names the first, until kill -9 frees it', async () => {
    const stateDir = tempFolder();
    const first = runScript(holder, [stateDir]);
    await first.printed(1);
    const refusal = expect.objectContaining({
      code: 'StateLocked',
      message: `another daemon (pid ${String(first.process.pid)}) holds the state directory ${stateDir}`,
      data: { stateDir, pid: first.process.pid },
    });
    expect(() => acquireStateLock(stateDir, process.pid)).toThrow(refusal);

    await first.kill();
    acquireStateLock(stateDir, process.pid).release();
  });

  it('is free again after release, which may be called twice', () => {
    const stateDir = tempFolder();
    const first = acquireStateLock(stateDir, process.pid);
    expect(() => acquireStateLock(stateDir, process.pid)).toThrow(expect.objectContaining({ code: 'StateLocked' }));
    first.release();
    const second = acquireStateLock(stateDir, process.pid);
    first.release();
    expect(existsSync(join(stateDir, 'lock.pid'))).toBe(true);
    second.release();
    expect(existsSync(join(stateDir, 'lock.pid'))).toBe(false);
  });

  it('names no pid of a process that is gone', () => {
    const stateDir = tempFolder();
    const lock = acquireStateLock(stateDir, 2 ** 22 + 1);
    expect(() => acquireStateLock(stateDir, 1)).toThrow(`another daemon holds the state directory ${stateDir}`);
    lock.release();
  });

  it('makes the directory for us alone, and leaves one that exists as it is', () => {
    const folder = tempFolder();
    acquireStateLock(join(folder, 'new'), 1).release();
    mkdirSync(join(folder, 'old'), { mode: 0o755 });
    acquireStateLock(join(folder, 'old'), 1).release();
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'old')).mode & 0o777).toBe(0o755);
  });

  it('says that a path cannot be a state directory', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    expect(() => acquireStateLock(file, 1)).toThrow(expect.objectContaining({ code: 'StateUnusable' }));
    expect(() => acquireStateLock(join(file, 'below'), 1)).toThrow(expect.objectContaining({ code: 'StateUnusable' }));
  });
});
