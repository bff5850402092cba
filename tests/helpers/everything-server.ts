import { once } from 'node:events';
import { createConnection } from 'node:net';
import { vi } from 'vitest';
import { childEnvironment, spawnChild } from '../../src/process/index.ts';
import { systemClock } from './clock.ts';
import { BIN } from './driver-rig.ts';
import { freePort } from './free-port.ts';

/** The reference server over HTTP, on a free port. */
export async function everythingServer(transport: 'streamableHttp' | 'sse') {
  const port = await freePort();
  const env = childEnvironment(process.env, [], { PORT: String(port) });
  const command = `${BIN}mcp-server-everything`;
  const child = await spawnChild(
    { command, args: [transport], cwd: BIN, env, instance: 'test:everything' },
    systemClock,
  );
  child.stdout.resume();
  child.stderr.resume();
  await vi.waitFor(() => connects(port), { timeout: 20_000, interval: 50 });
  const path = transport === 'sse' ? 'sse' : 'mcp';
  return { endpoint: `http://127.0.0.1:${port}/${path}`, port, stop: () => child.stop(0) };
}

async function connects(port: number): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}
