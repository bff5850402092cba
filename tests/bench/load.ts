import { Client } from 'undici';

export interface Load {
  /** Calls per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** Posts one JSON-RPC request over and over, each connection waiting for its answer, for `seconds`. Throws on any failed call. */
export async function load(
  url: string,
  method: string,
  params: object,
  connections: number,
  seconds: number,
  session: Readonly<Record<string, string>> = {},
): Promise<Load> {
  const rest = JSON.stringify({ method, params }).slice(1);
  let id = 0;
  const headers = { ...HEADERS, ...session };
  const { origin, pathname } = new URL(url);
  const latencies: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const worker = async () => {
    const client = new Client(origin);
    while (performance.now() < end) {
      // Of one session, every request has an id of its own.
      const body = `{"jsonrpc":"2.0","id":${String(++id)},${rest}`;
      const sent = performance.now();
      const answer = await client.request({ path: pathname, method: 'POST', headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || text.includes('"error"'))
        throw new Error(`${method} at ${url}: ${String(answer.statusCode)} ${text.slice(0, 300)}`);
      latencies.push(performance.now() - sent);
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const took = (performance.now() - begin) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { rate: latencies.length / took, p50: at(0.5), p99: at(0.99) };
}

/** Opens a session; the headers for its requests. */
export async function openSession(url: string): Promise<Readonly<Record<string, string>>> {
  const post = (message: object, session = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { ...HEADERS, ...session },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
  const clientInfo = { name: 'bench', version: '0' };
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  const opened = await post({ id: 0, method: 'initialize', params });
  await opened.text();
  const id = opened.headers.get('mcp-session-id') ?? '';
  const session = { 'mcp-session-id': id, 'mcp-protocol-version': '2025-06-18' };
  await (await post({ method: 'notifications/initialized' }, session)).text();
  return session;
}

/** The middle of several numbers. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The medians of several rounds. */
export function medianLoad(rounds: readonly Load[]): Load {
  return {
    rate: median(rounds.map((r) => r.rate)),
    p50: median(rounds.map((r) => r.p50)),
    p99: median(rounds.map((r) => r.p99)),
  };
}
