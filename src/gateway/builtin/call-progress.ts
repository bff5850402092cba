import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Call } from '../call.ts';

/** Tells the caller of one call how far it is, under the token that it gave; without one nothing is said (mcp-gateway §4.2). */
export class CallProgress {
  readonly #call: Call;
  readonly #token: string | number | undefined;
  #told = 0;

  constructor(params: JsonObject, call: Call) {
    this.#call = call;
    const token = isJsonObject(params._meta) ? params._meta.progressToken : undefined;
    this.#token = typeof token === 'string' || typeof token === 'number' ? token : undefined;
  }

  tell(message: string): void {
    if (this.#token === undefined) return;
    this.#told++;
    this.#call.notify('notifications/progress', { progressToken: this.#token, progress: this.#told, message });
  }
}
