import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Open at once; more are closed unanswered. Room for each session's stream and its calls. */
const MAX_CONNECTIONS = 8192;

/** How long a reader may take nothing of what waits for it. */
const STALLED_MS = 60_000;

/**
 * Every connection of a server and how many answers it waits for. Node's own closing leaves those alone that have not asked
 * anything yet, as browsers and fetch open them in advance: they would hold a closing daemon up.
 */
export class Connections {
  readonly #answers = new Map<Socket, number>();
  #closing = false;

  /** `stalledMs`: of a reader that takes nothing; its answer would stay in memory for as long as it likes. */
  constructor(server: Server, stalledMs = STALLED_MS) {
    server.maxConnections = MAX_CONNECTIONS;
    // With a listener node closes nothing by itself, not even what is idle.
    server.setTimeout(stalledMs, (socket) => {
      if (socket.writableLength > 0 || (this.#answers.get(socket) ?? 0) === 0) socket.destroy();
    });
    server.on('connection', (socket: Socket) => {
      if (this.#closing) {
        socket.destroy();
        return;
      }
      this.#answers.set(socket, 0);
      socket.once('close', () => this.#answers.delete(socket));
    });
    server.on('request', ({ socket }, response: ServerResponse) => {
      this.#add(socket, 1);
      response.once('close', () => this.#add(socket, -1));
    });
  }

  /** Ends every connection that waits for nothing, now and as they become so, and takes no new one. */
  close(): void {
    this.#closing = true;
    for (const socket of this.#answers.keys()) this.#add(socket, 0);
  }

  /** Ends them all. */
  cutOff(): void {
    for (const socket of this.#answers.keys()) socket.destroy();
  }

  #add(socket: Socket, change: number): void {
    const before = this.#answers.get(socket);
    if (before === undefined) return;
    this.#answers.set(socket, before + change);
    if (this.#closing && before + change === 0) socket.destroySoon();
  }
}
