import { setTimeout as sleep } from 'node:timers/promises';
import { answerText, callMcp, type ToolAnswer } from './mcp-client.ts';

interface Call {
  readonly tool: string;
  readonly args?: object;
}

/** Clients that call one tool over and over, each waiting for its answer, until they are stopped. */
export class SteadyLoad {
  calls = 0;
  /** Whatever was no result, or one that says it is an error; the first few. */
  readonly failures: string[] = [];
  failed = 0;
  readonly #endpoint: string;
  readonly #call: Call;
  readonly #pauseMs: number;
  readonly #clients: readonly Promise<void>[];
  readonly #watchers = new Set<(text: string) => void>();
  #stopped = false;

  /** `pauseMs`: between two calls of one client. */
  constructor(
    endpoint: string,
    call: Call,
    { clients, pauseMs }: { readonly clients: number; readonly pauseMs: number },
  ) {
    this.#endpoint = endpoint;
    this.#call = call;
    this.#pauseMs = pauseMs;
    this.#clients = Array.from({ length: clients }, () => this.#client());
  }

  /** Resolves when a call that began from now on was answered with this text. */
  sees(text: string): Promise<void> {
    return new Promise((resolve) => {
      const watcher = (seen: string) => {
        if (seen !== text) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
    });
  }

  /** Every client makes `count` more calls. */
  async goesOn(count: number): Promise<void> {
    const until = this.calls + count * this.#clients.length;
    await new Promise<void>((resolve) => {
      const watcher = () => {
        if (this.calls < until) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
    });
  }

  /** Resolves when the last call is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#clients);
  }

  async #client(): Promise<void> {
    while (!this.#stopped) {
      this.#see(await callMcp(this.#endpoint, this.#call.tool, this.#call.args).catch(asAnswer));
      if (this.#pauseMs > 0) await sleep(this.#pauseMs);
    }
  }

  #see(answer: ToolAnswer): void {
    this.calls++;
    if (answer.result === undefined || answer.result.isError === true) {
      this.failed++;
      if (this.failures.length < 5) this.failures.push(JSON.stringify(answer).slice(0, 500));
    }
    const text = answerText(answer);
    for (const watcher of this.#watchers) watcher(text);
  }
}

/** A connection that broke is a failure like any other. */
function asAnswer(error: unknown): ToolAnswer {
  return { error: { code: 0, message: String(error) } };
}
