import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { HostError } from '../../../wasm-host/host-error.ts';
import type { Answer, Argument, BlockingImport } from '../blocking.ts';
import type { AnswerMessage, ThreadData, ThreadMessage } from './messages.ts';

/** The thread's side of what it and the daemon tell each other. */
export class DaemonPort {
  readonly #answers: MessagePort;
  readonly #bell: Int32Array;
  readonly #turn: Int32Array;
  #ended = false;

  constructor({ answers, bell, turn }: ThreadData) {
    this.#answers = answers;
    this.#bell = new Int32Array(bell);
    this.#turn = new Int32Array(turn);
  }

  post(message: ThreadMessage): void {
    this.#answers.postMessage(message);
  }

  /** False where the daemon has taken the call back: then it is not made here. */
  beginCall(number: number): boolean {
    this.#ended = false;
    return Atomics.compareExchange(this.#turn, 0, number, (number + 1) | 0) === number;
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
