import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface WebServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly IncomingMessage[];
  /** Connections that are open now. */
  readonly connections: () => Promise<number>;
}

/** A server on a free port that goes with the test, with all of its connections. */
export async function webServer(answer: (req: IncomingMessage, res: ServerResponse) => unknown): Promise<WebServer> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (req, res) => {
    requests.push(req);
    void answer(req, res);
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  const connections = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  return { port, url: `http://127.0.0.1:${port}`, requests, connections };
}

/** The whole body of a request. */
export async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Resolves when the client has gone. */
export const gone = (res: ServerResponse): Promise<void> =>
  new Promise((resolve) => res.once('close', () => resolve()));
