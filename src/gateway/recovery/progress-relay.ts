import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Call } from '../call.ts';

/**
 * The progress of one request on its way to the caller, under the caller's own token. A request that is repeated begins anew at its service,
 * while for the caller it must go on rising (2025-11-25, basic/utilities/progress): what it has heard before is left out.
 */
export class ProgressRelay {
  readonly #call: Call;
  readonly #token: string | number;
  #highest = -Infinity;
  #heard = -Infinity;

  private constructor(call: Call, token: string | number) {
    this.#call = call;
    this.#token = token;
  }

  /** Undefined where the caller does not listen. 0 and "" are tokens like any other (mcp-gateway §4.2). */
  static of(params: JsonObject, call: Call): ProgressRelay | undefined {
    const token = isJsonObject(params._meta) ? params._meta.progressToken : undefined;
    return typeof token === 'string' || typeof token === 'number' ? new ProgressRelay(call, token) : undefined;
  }

  /** From the service. */
  take(params: JsonObject): void {
    const { progress } = params;
    if (typeof progress === 'number') {
      if (progress <= this.#heard) return;
      this.#highest = Math.max(this.#highest, progress);
    }
    this.#call.notify('notifications/progress', { ...params, progressToken: this.#token });
  }

  /** The request is made once more. */
  again(): void {
    this.#heard = this.#highest;
  }
}
