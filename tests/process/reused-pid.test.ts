import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { nowTicks, readProcesses, signalProcess } from '../../src/process/process-table.ts';
import { ProcessTree } from '../../src/process/process-tree.ts';
import { firstLine, isAlive } from '../helpers/processes.ts';

const pids: number[] = [];
afterEach(() => {
  for (const pid of pids.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** Leads a group of its own; told to, it starts a child in it and prints its pid. */
async function leader() {
  const late = "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'])";
  const child = spawn(process.execPath, ['-e', `process.stdin.once('data', () => console.log(${late}.pid))`], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child, 'spawn');
  pids.push(child.pid!);
  return child;
}

describe.runIf(process.platform === 'linux')('a pid that was given to another process', () => {
  it('is not signalled: it was started at another time than the one that was meant', async () => {
    const { pid } = await leader();
    const entry = (await readProcesses()).find((one) => one.pid === pid)!;
    signalProcess({ ...entry, startTicks: entry.startTicks - 1 }, 'SIGKILL');
    expect(isAlive(pid!)).toBe(true);
    signalProcess(entry, 'SIGKILL');
    await expect.poll(() => isAlive(pid!)).toBe(false);
  });

  it('nor is a group that got the number of a leader that has ended', async () => {
    const { pid, stdin, stdout } = await leader();
    const tree = new ProcessTree(pid!, 'a run of before');
    tree.leaderReaped();
    const reaped = nowTicks();
    await expect.poll(nowTicks, { interval: 5 }).toBeGreaterThan(reaped + 1);
    stdin.write('now\n');
    const stranger = Number(await firstLine(stdout));
    pids.push(stranger);
    await tree.signal('SIGKILL');
    await expect.poll(() => isAlive(pid!)).toBe(false);
    expect(isAlive(stranger)).toBe(true);
    expect(await tree.isAlive()).toBe(false);
  });
});
