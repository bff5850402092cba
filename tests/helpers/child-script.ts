import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A TypeScript file running as a process of its own; killed with the test at the latest. */
export interface ChildScript {
  readonly process: ChildProcess;
  /** Its stdout so far. */
  readonly lines: string[];
  /** Resolves when stdout has so many lines. */
  printed(count: number): Promise<void>;
  /** kill -9, then every line that it had written. */
  kill(): Promise<readonly string[]>;
}

export function runScript(url: URL, args: readonly string[]): ChildScript {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(url), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const closed = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  return {
    process: child,
    lines,
    async printed(count) {
      while (lines.length < count) {
        const next = await Promise.race([once(reader, 'line').then(() => 'line'), closed.then(() => 'end')]);
        if (next === 'end' && lines.length < count) throw new Error(`it ended after ${String(lines.length)} lines`);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
      return lines;
    },
  };
}
