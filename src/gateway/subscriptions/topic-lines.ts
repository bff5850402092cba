import type { Identity } from '../../reconcile/ports.ts';
import type { Topic } from './topic.ts';

/** Topics of one service that are settled at once: a thousand subscriptions must not fill the places of its calls. */
const LANES = 4;

interface Turn {
  readonly promise: Promise<void>;
  readonly resolve: (done: Promise<void>) => void;
}

interface Line {
  readonly waiting: Map<Topic, Turn>;
  readonly running: Set<Topic>;
}

/** Settles topics, few of one service at a time and none twice at once. */
export class TopicLines {
  readonly #settle: (topic: Topic) => Promise<void>;
  readonly #lines = new Map<Identity, Line>();

  /** `settle` makes the service's side equal to what the topic wants. */
  constructor(settle: (topic: Topic) => Promise<void>) {
    this.#settle = settle;
  }

  /** Has the topic settled from what it wants now on; rejects as `settle` does. Whoever asks before its turn comes shares it. */
  settle(topic: Topic): Promise<void> {
    const line = this.#lines.get(topic.identity) ?? { waiting: new Map<Topic, Turn>(), running: new Set<Topic>() };
    this.#lines.set(topic.identity, line);
    const turn = line.waiting.get(topic) ?? newTurn();
    line.waiting.set(topic, turn);
    this.#advance(topic.identity, line);
    return turn.promise;
  }

  #advance(identity: Identity, line: Line): void {
    for (const [topic, turn] of line.waiting) {
      if (line.running.size >= LANES) return;
      if (line.running.has(topic)) continue;
      line.waiting.delete(topic);
      line.running.add(topic);
      const done = this.#settle(topic).finally(() => {
        line.running.delete(topic);
        this.#advance(identity, line);
      });
      turn.resolve(done);
    }
    if (line.running.size === 0 && line.waiting.size === 0) this.#lines.delete(identity);
  }
}

function newTurn(): Turn {
  let resolve: Turn['resolve'] = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
