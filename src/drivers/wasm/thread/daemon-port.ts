import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { HostError } from '../../../wasm-host/host-error.ts';
import type { Answer, Argument, BlockingImport } from '../blocking.ts';
import type { AnswerMessage, ThreadData, ThreadMessage } from './messages.ts';

/** The thread's side of what it and the daemon tell each other. */
export class DaemonPort {
  readonly #port: MessagePort;
  readonly #answers: MessagePort;
  readonly #bell: Int32Array;
  #ended = false;

  constructor(port: MessagePort, { answers, bell }: ThreadData) {
    this.#port = port;
    this.#answers = answers;
    this.#bell = new Int32Array(bell);
  }

  post(message: ThreadMessage): void {
    this.#port.postMessage(message);
  }

  beginCall(): void {
    this.#ended = false;
  }

  /** Has the daemon carry out an import, and blocks this thread until it has. Throws where the call was ended meanwhile. */
  ask(name: BlockingImport, args: readonly Argument[]): Answer {
    if (this.#ended) throw over();
    let rung = Atomics.load(this.#bell, 0);
    this.post({ type: 'ask', name, args });
    for (;;) {
      const received = receiveMessageOnPort(this.#answers) as { readonly message: AnswerMessage } | undefined;
      if (received !== undefined) return this.#take(received.message);
      Atomics.wait(this.#bell, 0, rung);
      rung = Atomics.load(this.#bell, 0);
    }
  }

  /** From here on nothing that the module asks for is carried out: a module may catch what ends it. */
  #take(message: AnswerMessage): Answer {
    if ('answer' in message) return message.answer;
    this.#ended = true;
    throw over();
  }
}

function over(): HostError {
  return new HostError('failed-import', 'The call was ended.');
}
