import type { ClientOptions } from '../../client/index.ts';
import { aborted } from '../../shared/abort.ts';
import { errorMessage } from '../../shared/errors.ts';
import {
  classifyMessage,
  RPC,
  RpcError,
  type RpcErrorBody,
  type RpcId,
  type RpcMessage,
} from '../../shared/json-rpc.ts';
import { LineSplitter } from '../../shared/line-splitter.ts';
import { within } from '../../shared/within.ts';
import type { CliInput } from '../cli-input.ts';
import { parseJson } from '../parse-json.ts';
import { BridgedSession } from './bridged-session.ts';
import { GatewayLink } from './gateway-link.ts';
import { MessageWriter } from './message-writer.ts';

/** As long as the gateway takes a body. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** Messages on their way at once; a client that sends more hears so. */
const MAX_IN_FLIGHT = 512;
/** For what is in flight when the client closes stdin. */
const DRAIN_MS = 30_000;

export interface BridgeOptions extends Pick<CliInput, 'stdin' | 'stdout'> {
  readonly connection: ClientOptions;
  /** `/mcp`, or the endpoint of one service or toolset. */
  readonly path: string;
  /** A line for a person. */
  readonly warn: (text: string) => void;
  /** Ends the bridge at once. */
  readonly signal: AbortSignal;
}

/**
 * MCP over stdio in front of the gateway (mcp-gateway §2.4): a message a line, both ways at once, until stdin ends. The client's session
 * outlives the daemon's: what is in flight when it goes gets an error, what comes while it is away waits for it.
 */
export async function runBridge({ connection, path, stdin, stdout, warn, signal }: BridgeOptions): Promise<void> {
  const end = new AbortController();
  const stop = () => end.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const writer = new MessageWriter(stdout, end.signal);
  const link = new GatewayLink(connection, path);
  const { clock } = connection;
  const deliver = (json: string) => writer.write(json);
  const session = new BridgedSession({ link, clock, deliver, warn, signal: end.signal });
  const desk = new Desk(session, writer);
  const lines = new LineSplitter(MAX_LINE_BYTES, {
    line: (text) => desk.take(text),
    tooLong: () =>
      desk.refuse(null, { code: RPC.invalidRequest, message: `a message has at most ${MAX_LINE_BYTES} bytes` }),
  });
  try {
    await Promise.race([readAll(stdin, lines), aborted(end.signal)]);
    await within(clock, DRAIN_MS, Promise.race([desk.idle(), aborted(end.signal)]));
  } finally {
    signal.removeEventListener('abort', stop);
    end.abort(new Error('the bridge has ended'));
    await session.end();
  }
}

async function readAll(stdin: CliInput['stdin'], lines: LineSplitter): Promise<void> {
  for await (const chunk of stdin) lines.push(Buffer.from(chunk));
  lines.end();
}

/** Takes the client's messages as they come and answers those that do not get through. */
class Desk {
  readonly #session: BridgedSession;
  readonly #writer: MessageWriter;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(session: BridgedSession, writer: MessageWriter) {
    this.#session = session;
    this.#writer = writer;
  }

  take(text: string): void {
    const value = parseJson(text);
    const message = classifyMessage(value)?.message;
    if (message === undefined) {
      const code = value === undefined ? RPC.parseError : RPC.invalidRequest;
      this.refuse(null, { code, message: 'The line is no JSON-RPC 2.0 message of MCP' });
    } else if (this.#inFlight.size >= MAX_IN_FLIGHT) {
      const id = requestId(message);
      if (id !== undefined)
        this.refuse(id, { code: RPC.overloaded, message: 'Too many messages are in flight', data: { sent: false } });
    } else {
      const work = this.#pass(text, message).finally(() => this.#inFlight.delete(work));
      this.#inFlight.add(work);
    }
  }

  refuse(id: RpcId | null, error: RpcErrorBody): void {
    void this.#writer.write(JSON.stringify({ jsonrpc: '2.0', id, error }));
  }

  /** Resolves when everything taken so far is through. */
  async idle(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  async #pass(text: string, message: RpcMessage): Promise<void> {
    try {
      await this.#session.post(text, message);
    } catch (error) {
      const id = requestId(message);
      if (id === undefined) return; // nobody waits for an answer to anything else
      this.refuse(
        id,
        error instanceof RpcError ? error.toBody() : { code: RPC.internalError, message: errorMessage(error) },
      );
    }
  }
}

function requestId(message: RpcMessage): RpcId | undefined {
  return 'method' in message && 'id' in message ? message.id : undefined;
}
