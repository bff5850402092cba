import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Questions } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { AnswerWatch } from './answer-watch.ts';
import { questionNames } from './question-names.ts';
import { QuestionTurns } from './question-turns.ts';

/** Open at one time, with those that wait for their turn; more are refused. */
const MAX_OPEN = 256;
/** Characters of a question and of its key. */
const MAX_CHARS = 64 * 1024;

export interface FileQuestionsDeps {
  readonly clock: Clock;
  /** Absolute: CLARITY_HITL_DIR, by default `.clarity-hitl` in the workspace. Made when it is first needed. */
  readonly folder: string;
  /** CLARITY_HITL_TIMEOUT_SECS in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Questions as files `<key>.question`, answered by `<key>.answer` (original contract §9, HITL broker files). One key is asked once at
 * a time: whoever asks it meanwhile waits for its turn, within the same time, so that no answer serves two questions.
 */
export class FileQuestions implements Questions {
  readonly #deps: FileQuestionsDeps;
  readonly #watch: AnswerWatch;
  readonly #turns = new QuestionTurns();
  #open = 0;

  constructor(deps: FileQuestionsDeps) {
    this.#deps = deps;
    this.#watch = new AnswerWatch(deps.clock, deps.folder);
  }

  /** See Questions.ask. Rejects with ClarityError TooManyRequests or BadRequest, or where the folder cannot be used. */
  async ask(key: string, question: string, signal: AbortSignal): Promise<string | undefined> {
    if (key.length > MAX_CHARS || question.length > MAX_CHARS)
      throw new ClarityError('BadRequest', `a question has at most ${MAX_CHARS} characters`);
    if (this.#open >= MAX_OPEN)
      throw new ClarityError('TooManyRequests', `${MAX_OPEN} questions are open already; answer some of them first`);
    const over = new AbortController();
    const end = () => over.abort();
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    const cancel = this.#deps.clock.after(this.#deps.timeoutMs, end);
    this.#open += 1;
    try {
      const { question: name } = questionNames(key);
      return await this.#turns.take(name, over.signal, () => this.#askNow(key, question, over.signal));
    } finally {
      this.#open -= 1;
      cancel();
      signal.removeEventListener('abort', end);
    }
  }

  async #askNow(key: string, question: string, signal: AbortSignal): Promise<string | undefined> {
    const { folder } = this.#deps;
    const names = questionNames(key);
    const forget = async (files: readonly string[]) => {
      for (const file of files) await rm(join(folder, file), { force: true });
    };
    await mkdir(folder, { recursive: true });
    await forget(names.answers); // they answered an earlier question
    try {
      await this.#publish(names.question, { key, question, timestamp: this.#deps.clock.now(), pid: process.pid });
      const answer = await this.#watch.wait(names.answers, signal);
      if (answer !== undefined) await forget(names.answers);
      return answer?.trim();
    } finally {
      await forget([names.question]);
    }
  }

  /** In one step: who sees the file sees all of it. A link of that name is replaced, not followed. */
  async #publish(name: string, content: Readonly<Record<string, string | number>>): Promise<void> {
    const path = join(this.#deps.folder, name);
    const temporary = join(this.#deps.folder, `.${name}.tmp-${randomBytes(6).toString('hex')}`);
    try {
      await writeFile(temporary, `${JSON.stringify(content)}\n`, { flag: 'wx' });
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
