import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Connections } from '../../src/api/connections.ts';
import { RawSocket } from '../helpers/test-api.ts';

/** A server that cuts off readers which take nothing for a moment. */
async function listen(answer: (response: ServerResponse) => void): Promise<RawSocket> {
  const server = createServer((_request, response) => answer(response));
  const connections = new Connections(server, 50);
  onTestFinished(() => {
    connections.cutOff();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const raw = new RawSocket(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  raw.socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  return raw;
}

it('an answer that nobody reads is dropped', async () => {
  let over = false;
  const raw = await listen((response) => {
    response.once('close', () => (over = true));
    response.end('x'.repeat(32 * 1024 * 1024));
  });
  raw.socket.pause();
  await expect.poll(() => over).toBe(true);
  expect(raw.text).toBe('');
});

it('an answer that takes its time is waited for', async () => {
  const raw = await listen((response) => void setTimeout(() => response.end('late'), 300));
  await expect.poll(() => raw.text).toContain('late');
});
