import type { Questions } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';

export interface FileQuestionsDeps {
  readonly clock: Clock;
  /** Absolute: CLARITY_HITL_DIR, by default `.clarity-hitl` in the workspace. Made when it is first needed. */
  readonly folder: string;
  /** CLARITY_HITL_TIMEOUT_SECS in milliseconds. */
  readonly timeoutMs: number;
}

/** Questions as files `<key>.question`, answered by `<key>.answer` (original contract §9, HITL broker files). */
export class FileQuestions implements Questions {
  readonly #deps: FileQuestionsDeps;

  constructor(deps: FileQuestionsDeps) {
    this.#deps = deps;
  }

  ask(key: string): Promise<string | undefined> {
    return Promise.reject(new Error(`to be written: ${key} in ${this.#deps.folder}`));
  }
}
