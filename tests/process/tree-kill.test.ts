import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, type TestContext } from 'vitest';
import { childEnvironment, spawnChild, type Child } from '../../src/process/index.ts';
import { systemClock } from '../helpers/clock.ts';
import { firstLine, isAlive } from '../helpers/processes.ts';

const FAMILY = fileURLToPath(new URL('../fixtures/servers/family.mjs', import.meta.url));

async function family({ onTestFinished }: TestContext, ...words: string[]): Promise<{ child: Child; pids: number[] }> {
  const env = childEnvironment(process.env, [], {});
  const request = { command: process.execPath, args: [FAMILY, ...words], cwd: '/', env, instance: 'test:family' };
  const child = await spawnChild(request, systemClock);
  onTestFinished(() => child.stop(0));
  return { child, pids: JSON.parse(await firstLine(child.stdout)) as number[] };
}

describe('stop', () => {
  it.concurrent.for<[string, string[]]>([
    ['a child that heeds the end of its stdin', []],
    ['a child that ignores the end of its stdin', ['eof']],
    ['a child that ignores the end of its stdin and SIGTERM', ['eof', 'term']],
    ['a child that has ended and left its family behind', ['quit']],
  ])('ends the whole tree of %s, also what left the group', async ([, words], context) => {
    const { expect } = context;
    const { child, pids } = await family(context, ...words);
    if (words.includes('quit')) await child.exited;
    expect(pids.filter(isAlive)).toHaveLength(words.includes('quit') ? 2 : 3);
    await child.stop(300);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it.concurrent('with no grace ends it at once, also while a patient stop is under way', async (context) => {
    const { expect } = context;
    const { child, pids } = await family(context, 'eof', 'term');
    const patient = child.stop(600_000);
    await child.stop(0);
    await patient;
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await child.exited).toMatchObject({ signal: 'SIGKILL', code: null });
  });
});

describe('a process that left the tree for good', () => {
  it.runIf(process.platform === 'linux')('does not keep the pipes of a stopped child open', async () => {
    const env = { PATH: process.env.PATH! };
    const args = ['-c', 'setsid env -i /bin/sh -c "echo started; exec sleep 3" & wait'];
    const child = await spawnChild({ command: 'sh', args, cwd: '/', env, instance: 'test:left' }, systemClock);
    const pipes = [child.stdin, child.stdout, child.stderr];
    await once(child.stdout, 'data');
    await child.stop(0);
    expect(pipes.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  });
});

describe('spawnChild', () => {
  it('gives the child exactly the environment and its marks', async () => {
    const print = 'console.log(JSON.stringify(process.env))';
    const request = {
      command: process.execPath,
      args: ['-e', print],
      cwd: '/',
      env: { A: '1' },
      instance: 'hash:name',
    };
    const child = await spawnChild(request, systemClock);
    const env = JSON.parse(await firstLine(child.stdout)) as Record<string, string>;
    expect(env).toEqual({ A: '1', CLARITY_INSTANCE: 'hash:name', CLARITY_RUN: expect.any(String) });
    expect(await child.exited).toMatchObject({ code: 0, signal: null });
  });

  it.each([
    ['no such command', { command: 'no-such-command' }, 'CommandNotFound'],
    ['no such folder', { cwd: '/no/such/folder' }, 'StartFailed'],
    ['an argument that no system takes', { args: ['a\0b'] }, 'StartFailed'],
  ])('refuses %s', async (_, change, code) => {
    const request = {
      command: 'node',
      args: [],
      cwd: '/',
      env: { PATH: process.env.PATH! },
      instance: 'test:x',
      ...change,
    };
    await expect(spawnChild(request, systemClock)).rejects.toMatchObject({ code });
  });
});
