import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const FOLDER = join(import.meta.dirname, 'fixture');

/** The entry of the fixture server over stdio. */
export const FIXTURE_STDIO = join(FOLDER, 'stdio.mjs');

/** The fixture server over HTTP: its own process, both transports on one free port. */
export interface FixtureHttp {
  readonly streamable: string;
  readonly legacy: string;
  stop(): Promise<void>;
}

export async function startFixtureHttp(): Promise<FixtureHttp> {
  const child = spawn(process.execPath, [join(FOLDER, 'http.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    streamable: `http://127.0.0.1:${port}/mcp`,
    legacy: `http://127.0.0.1:${port}/sse`,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
