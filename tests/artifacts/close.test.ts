import { describe, expect, it } from 'vitest';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';
import { adder } from '../helpers/wasm-sources.ts';

const MAIN = wasmManifest('main', { sourceFile: 'main.clarity' });
/** Takes the compiler long enough to be ended at it. */
const LONG = `module Long\n\n${Array.from({ length: 4000 }, (_, i) => `export function f${i}(a: Int64) -> Int64 {\n  a + ${i} * a\n}\n`).join('\n')}`;

/** Threads and watches of this process, those that do not keep it alive too. */
function held(): { threads: number; watches: number } {
  const report = process.report.getReport() as unknown as {
    workers: readonly unknown[];
    libuv: readonly { readonly type: string }[];
  };
  return { threads: report.workers.length, watches: report.libuv.filter(({ type }) => type === 'fs_event').length };
}

describe('closing', () => {
  it('leaves no thread and no watch', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', adder(1));
    const before = held();
    await rig.resolve(MAIN);
    expect(held()).toEqual({ threads: before.threads + 1, watches: before.watches + 1 });
    await rig.restart();
    await expect.poll(held).toEqual(before);
  });

  it('ends who waits for a compilation', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', LONG);
    const { artifacts } = rig;
    const { threads } = held();
    const waiting = expect(rig.resolve(MAIN)).rejects.toThrow('the daemon is stopping');
    await expect.poll(() => held().threads, { interval: 1 }).toBe(threads + 1);
    await artifacts.close();
    await waiting;
    await expect(rig.resolve(MAIN)).rejects.toThrow('the daemon is stopping');
  });

  it('ends a compiler that runs outside', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', adder(1));
    const compiler = [process.execPath, '-e', 'setInterval(() => undefined, 1000)'];
    const waiting = expect(rig.resolve(wasmManifest('main', { sourceFile: 'main.clarity', compiler }))).rejects.toThrow(
      'the daemon is stopping',
    );
    await expect.poll(() => process.getActiveResourcesInfo()).toContain('ProcessWrap');
    await rig.restart();
    await waiting;
  });

  it('is not needed for the thread to end when it has nothing to do', async () => {
    const rig = new ArtifactRig();
    rig.limits = { idleMs: 0 };
    rig.write('main.clarity', adder(1));
    const { threads } = held();
    await rig.resolve(MAIN);
    await expect.poll(() => held().threads).toBe(threads);
  });
});
