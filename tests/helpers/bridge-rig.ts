import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { runBridge } from '../../src/cli/bridge/bridge.ts';
import type { CliStream } from '../../src/cli/cli-input.ts';
import { systemClock } from './clock.ts';

/** A client at the pipes of a bridge: what it writes, and every message that it reads. */
export class BridgeRig {
  readonly received: any[] = [];
  readonly warnings: string[] = [];
  readonly ended: Promise<void>;
  readonly #stdin = new PassThrough();
  readonly #waiting = new Set<() => void>();

  constructor(url: string, path = '/mcp') {
    const stdout = new PassThrough();
    let rest = '';
    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      this.received.push(...lines.map((line) => JSON.parse(line)));
      for (const look of this.#waiting) look();
    });
    const stop = new AbortController();
    const connection = { url, fetch: globalThis.fetch, clock: systemClock };
    this.ended = runBridge({
      connection,
      path,
      stdin: this.#stdin,
      stdout: stdout as CliStream,
      warn: (text) => this.warnings.push(text),
      signal: stop.signal,
    });
    this.ended.catch(() => undefined);
    onTestFinished(async () => {
      stop.abort(new Error('the test is over'));
      await this.ended.catch(() => undefined);
    });
  }

  write(...messages: (object | string)[]): void {
    for (const message of messages)
      this.#stdin.write(`${typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  /** Resolves with the first message that fits, also one that came before. */
  async next(fits: (message: any) => boolean): Promise<any> {
    for (;;) {
      const found = this.received.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const look = () => {
          this.#waiting.delete(look);
          resolve();
        };
        this.#waiting.add(look);
      });
    }
  }

  answer(id: string | number | null): Promise<any> {
    return this.next((message) => message.id === id && !('method' in message));
  }

  async initialize(): Promise<void> {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } };
    this.write({ id: 'init', method: 'initialize', params });
    await this.answer('init');
    this.write({ method: 'notifications/initialized' });
  }

  /** The client closes its end. */
  async close(): Promise<void> {
    this.#stdin.end();
    await this.ended;
  }
}
