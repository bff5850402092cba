import { type GatewayServer, readEvents } from './gateway-server.ts';

interface Options {
  readonly capabilities?: object;
  readonly path?: string;
  /** The `result` or `error` for a request of a server; undefined: it is left without an answer. */
  readonly answer?: (request: any) => object | undefined;
}

/** Everything that a client of these days can be asked for. */
const ABLE = {
  sampling: { tools: {}, context: {} },
  elicitation: { form: {}, url: {} },
  roots: { listChanged: true },
};

/** A client in a session, message by message; it answers what servers ask of it. */
export class AskedClient {
  /** Requests of servers and notifications, on whichever stream they came. */
  readonly heard: any[] = [];
  readonly #server: GatewayServer;
  readonly #headers: Record<string, string>;
  readonly #path: string;
  readonly #answer: NonNullable<Options['answer']>;

  private constructor(
    server: GatewayServer,
    headers: Record<string, string>,
    path: string,
    answer: NonNullable<Options['answer']>,
  ) {
    this.#server = server;
    this.#headers = headers;
    this.#path = path;
    this.#answer = answer;
  }

  static async open(server: GatewayServer, { capabilities = ABLE, path = '/mcp', answer }: Options = {}) {
    const headers = await server.initialize(undefined, {}, path, capabilities);
    return new AskedClient(server, headers, path, answer ?? (() => undefined));
  }

  send(message: object): Promise<Response> {
    return this.#server.post({ jsonrpc: '2.0', ...message }, this.#headers, this.#path);
  }

  /** Calls a tool; everything that came on the stream of the call, its response last. */
  async call(name: string, params: object = {}, id: string | number = 1): Promise<any[]> {
    const response = await this.send({ id, method: 'tools/call', params: { name, ...params } });
    if (response.headers.get('content-type')?.startsWith('application/json') === true) return [await response.json()];
    if (response.status === 202) return [];
    const messages: any[] = [];
    await readEvents(response, (message) => {
      messages.push(message);
      this.#hear(message);
    });
    return messages;
  }

  /** Opens the standing stream. */
  async listen(): Promise<void> {
    const { origin } = this.#server;
    const headers = { ...this.#headers, accept: 'text/event-stream' };
    const response = await fetch(origin + this.#path, { headers });
    void readEvents(response, (message) => this.#hear(message)).catch(() => undefined);
  }

  async leave(): Promise<void> {
    await fetch(this.#server.origin + this.#path, { method: 'DELETE', headers: this.#headers });
  }

  #hear(message: any): void {
    if (message.method === undefined) return;
    this.heard.push(message);
    const answer = message.id === undefined ? undefined : this.#answer(message);
    if (answer !== undefined) void this.send({ id: message.id, ...answer });
  }
}
