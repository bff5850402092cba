import type { Answer } from '../../src/drivers/wasm/blocking.ts';
import type { Operation, OutsideCall } from '../../src/drivers/wasm/outside/operation.ts';

/** An operation that is answered by the test; each run that has begun is there to be looked at. */
export class HeldOperation implements Operation {
  readonly waitsFor: Operation['waitsFor'];
  readonly runs: { readonly call: OutsideCall; readonly answer: (answer: Answer) => void }[] = [];
  readonly #waiters: { readonly count: number; readonly tell: () => void }[] = [];

  constructor(waitsFor: Operation['waitsFor'] = 'machines') {
    this.waitsFor = waitsFor;
  }

  readonly run = (_args: unknown, call: OutsideCall): Promise<Answer> =>
    new Promise((answer) => {
      this.runs.push({ call, answer });
      for (const { count, tell } of this.#waiters) if (this.runs.length >= count) tell();
    });

  /** Resolves when so many runs have begun since the test began. */
  async begun(count: number): Promise<void> {
    if (this.runs.length >= count) return;
    await new Promise<void>((tell) => this.#waiters.push({ count, tell }));
  }

  /** Answers all that wait. */
  answerAll(answer?: Answer): void {
    for (const run of this.runs) run.answer(answer);
  }
}
