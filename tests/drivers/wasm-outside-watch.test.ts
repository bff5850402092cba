import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { outsideRig } from '../helpers/outside-rig.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A workspace with `data` (granted), `out` (granted to write) and `private`. */
function watching() {
  const workspace = tempFolder();
  for (const folder of ['data', 'data-other', 'out', 'private']) mkdirSync(join(workspace, folder));
  const fs = { read: [join(workspace, 'data')], write: [join(workspace, 'out')] };
  return { workspace, ...outsideRig({ fs, workspace }) };
}

describe('file watches of wasm services', () => {
  it('tell changes of the entries of a folder, and of a file', async () => {
    const { workspace, run, opened } = watching();
    const folder = await opened('fs_watch_start', 'data');
    writeFileSync(join(workspace, 'data', 'a.txt'), 'one');
    expect(await run('fs_watch_next', folder, 60_000n)).toBe('{"event":"rename","filename":"a.txt"}');
    expect(await run('fs_watch_next', folder, 60_000n)).toBe('{"event":"change","filename":"a.txt"}');
    const file = await opened('fs_watch_start', join(workspace, 'data', 'a.txt'));
    writeFileSync(join(workspace, 'data', 'a.txt'), 'two');
    expect(await run('fs_watch_next', file, 60_000n)).toBe('{"event":"change","filename":"a.txt"}');
  });

  it('wait no longer than they are told, and end with fs_watch_stop and with the call', async () => {
    const { run, opened, over } = watching();
    const [one, two] = [await opened('fs_watch_start', 'out'), await opened('fs_watch_start', 'data')];
    expect(await run('fs_watch_next', one, 5n)).toBeUndefined();
    await run('fs_watch_stop', one);
    await run('fs_watch_stop', one);
    expect(await run('fs_watch_next', one, 5n)).toEqual({
      trap: '`fs_watch_next` got 1, which is no watch that is open.',
    });
    const next = run('fs_watch_next', two, 60_000n);
    over();
    expect(await next).toBeUndefined();
  });

  it('hold at most 256 changes, each once, and say so where more are lost', async () => {
    const { workspace, run, opened, lines } = watching();
    const handle = await opened('fs_watch_start', 'data');
    for (let i = 0; i < 300; i++) mkdirSync(join(workspace, 'data', `d${i}`));
    const names = new Set<unknown>();
    await run('fs_watch_next', handle, 60_000n);
    await turn(); // the rest has come with it
    for (;;) {
      const change = await run('fs_watch_next', handle, 0n);
      if (change === undefined) break;
      names.add(change);
    }
    expect(names.size).toBe(256);
    expect(lines).toEqual(['More than 256 changes of data were not read, so that some are lost.']);
  });

  it.each([
    ['private', 'private'],
    ['data-other', 'data-other'],
    ['data/../private', 'private'],
    ['data/link', 'data/link'],
    ['missing', 'missing'],
    ['/etc', '/etc'],
    ['/proc/self', '/proc/self'],
    ['.', '.'],
  ])('of %s are refused and audited', async (path, add) => {
    const { workspace, run, refusals } = watching();
    symlinkSync(join(workspace, 'private'), join(workspace, 'data', 'link'));
    const message = `The service may not read \`${path}\`, and so may not watch it.`;
    expect(await run('fs_watch_start', path)).toEqual({ err: message });
    expect(refusals).toEqual([
      { need: 'fs', message, add: `spec.origin.capabilities.fs.read: [${JSON.stringify(add)}]` },
    ]);
  });

  it('of what is not there are an Err', async () => {
    const { run, refusals } = watching();
    expect(await run('fs_watch_start', 'data/x')).toEqual({ err: '`data/x` cannot be watched: it does not exist.' });
    expect(await run('fs_watch_start', '')).toEqual({ err: '`` is no path.' });
    expect(refusals).toEqual([]);
  });
});
