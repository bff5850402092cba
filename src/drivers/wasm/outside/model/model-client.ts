import type { JsonObject } from '../../../../shared/json.ts';
import { MASK } from '../../../../shared/mask.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { DriverDeps } from '../../../deps.ts';
import { askJson, isSuccess, MAX_MIB } from '../http/ask-json.ts';
import { readText } from '../http/read-text.ts';
import type { WebClient, WebReply } from '../http/web-client.ts';
import { inTime } from '../in-time.ts';
import type { OutsideCall } from '../operation.ts';
import { parseObject } from '../parse-object.ts';
import { PlainFailure } from '../plain-failure.ts';
import { failureIn } from './failure-in.ts';
import { formatOf, providerOf, type Provider } from './provider.ts';
import type { Prompt } from './wire-format.ts';

/** For a whole answer, and for each event of a stream. */
export const MODEL_TIMEOUT_MS = 120_000;

/** Speaks to providers of models in the name of services, with their keys. What it throws is PlainFailure and never holds a key. */
export class ModelClient {
  readonly #deps: Pick<DriverDeps, 'clock' | 'redact'>;
  readonly #web: WebClient;

  constructor(deps: Pick<DriverDeps, 'clock' | 'redact'>, web: WebClient) {
    this.#deps = deps;
    this.#web = web;
  }

  /** The text of the answer. */
  async ask(prompt: Prompt, call: OutsideCall): Promise<string> {
    const provider = providerOf(call.program, formatOf(prompt.model));
    const { format } = provider;
    const answer = await this.exchange(provider, format.chatPath, format.body(prompt, false), call);
    const text = format.text(answer);
    if (text === undefined) throw new PlainFailure(`${hostOf(provider)} gave an answer without text.`);
    return text;
  }

  /** One request: POST where there is a body, else GET. The JSON object of a 2xx answer. */
  async exchange(
    provider: Provider,
    path: string,
    body: JsonObject | undefined,
    { program, signal }: OutsideCall,
  ): Promise<JsonObject> {
    const limit = { clock: this.#deps.clock, who: hostOf(provider), ms: MODEL_TIMEOUT_MS, signal };
    const refusal = (status: number, text: string) => this.#refusal(provider, status, text);
    return askJson(this.#web, requestOf(provider, path, body), program, limit, refusal);
  }

  /** The reply to a request for a stream, whose body goes on for as long as `signal` lets it. */
  async open(provider: Provider, prompt: Prompt, { program }: OutsideCall, signal: AbortSignal): Promise<WebReply> {
    const { chatPath, body } = provider.format;
    const life = new AbortController();
    const end = () => life.abort(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    const limit = { clock: this.#deps.clock, who: hostOf(provider), ms: MODEL_TIMEOUT_MS, signal };
    try {
      return await inTime(limit, async () => {
        const reply = await this.#web.ask(requestOf(provider, chatPath, body(prompt, true)), program, life.signal);
        if (reply.mediaType === 'text/event-stream' && isSuccess(reply.status)) return reply;
        const text = await readText(reply, MAX_MIB, life.signal);
        if (!isSuccess(reply.status)) throw this.#refusal(provider, reply.status, text);
        throw new PlainFailure(`${hostOf(provider)} does not stream its answers.`);
      });
    } catch (error) {
      life.abort();
      throw error;
    }
  }

  /** A provider's words, as a module and its log may have them. */
  shown(provider: Provider, text: string): string {
    const { key } = provider;
    return oneLine(this.#deps.redact(key === undefined ? text : text.replaceAll(key, MASK)), 500);
  }

  #refusal(provider: Provider, status: number, text: string): PlainFailure {
    const said = this.shown(provider, failureIn(parseObject(text) ?? {}) ?? '');
    return new PlainFailure(`${hostOf(provider)} answered ${status}${said === '' ? '' : `: ${said}`}`);
  }
}

/** Who answers, for people. */
export function hostOf({ url }: Provider): string {
  return oneLine(url('/').host);
}

function requestOf({ format, key, url }: Provider, path: string, body: JsonObject | undefined) {
  const headers = { accept: 'application/json, text/event-stream', ...format.headers(key) };
  if (body === undefined) return { method: 'GET', url: url(path), headers };
  const typed = { 'content-type': 'application/json', ...headers };
  return { method: 'POST', url: url(path), headers: typed, body: JSON.stringify(body) };
}
