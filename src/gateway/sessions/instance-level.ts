import type { Upstream } from '../../reconcile/ports.ts';
import type { LogLevel } from './log-level.ts';

const SET_MS = 5000;

/** The log level of one instance: one request at a time, and only the last level wanted. */
export class InstanceLevel {
  readonly #upstream: Upstream;
  #wanted: LogLevel | undefined;
  #sent: LogLevel | undefined;
  #sending: Promise<void> | undefined;

  constructor(upstream: Upstream) {
    this.#upstream = upstream;
  }

  /** The instance's. */
  get id(): string {
    return this.#upstream.ref.id;
  }

  /** Resolves when it has been told, or has refused: it is asked again when the level is set next. Never rejects. */
  set(level: LogLevel): Promise<void> {
    this.#wanted = level;
    return (this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    }));
  }

  async #send(): Promise<void> {
    while (this.#wanted !== undefined && this.#sent !== this.#wanted) {
      const level = this.#wanted;
      const taken = await this.#upstream
        .request('logging/setLevel', { level }, { timeoutMs: SET_MS, isProbe: true })
        .then(
          () => true,
          () => false,
        );
      if (taken) this.#sent = level;
      else if (this.#wanted === level) return;
    }
  }
}
