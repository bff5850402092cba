import { isJsonObject, type JsonObject } from '../../../../shared/json.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { DriverDeps } from '../../../deps.ts';
import { askJson } from '../http/ask-json.ts';
import type { HttpRequest } from '../http/redirect.ts';
import type { WebClient } from '../http/web-client.ts';
import type { OutsideCall } from '../operation.ts';
import { parseObject } from '../parse-object.ts';
import { PlainFailure } from '../plain-failure.ts';

const TIMEOUT_MS = 20_000;

/** HTTP and JSON-RPC to agents; the addresses were allowed before. Throws PlainFailure. */
export class AgentClient {
  readonly #deps: Pick<DriverDeps, 'clock' | 'redact'>;
  readonly #web: WebClient;

  constructor(deps: Pick<DriverDeps, 'clock' | 'redact'>, web: WebClient) {
    this.#deps = deps;
    this.#web = web;
  }

  /** GET, as JSON. */
  read(url: URL, call: OutsideCall): Promise<JsonObject> {
    return this.#ask({ method: 'GET', url, headers: { accept: 'application/json' } }, call);
  }

  /** The result of one JSON-RPC request. */
  async request(url: URL, method: string, params: JsonObject, call: OutsideCall): Promise<JsonObject> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = await this.#ask({ method: 'POST', url, headers, body }, call);
    const reason = this.#reasonIn(answer);
    if (reason !== undefined) throw new PlainFailure(`The agent at ${oneLine(url.host)} refused ${method}: ${reason}`);
    if (!isJsonObject(answer.result))
      throw new PlainFailure(`The agent at ${oneLine(url.host)} answered ${method} without a result.`);
    return answer.result;
  }

  #ask(request: HttpRequest, { program, signal }: OutsideCall): Promise<JsonObject> {
    const who = oneLine(request.url.host);
    const limit = { clock: this.#deps.clock, who, ms: TIMEOUT_MS, signal };
    return askJson(this.#web, request, program, limit, (status, text) => {
      const reason = this.#reasonIn(parseObject(text) ?? {});
      return new PlainFailure(`${who} answered ${status}${reason === undefined ? '' : `: ${reason}`}`);
    });
  }

  #reasonIn({ error }: JsonObject): string | undefined {
    if (!isJsonObject(error)) return undefined;
    return oneLine(this.#deps.redact(typeof error.message === 'string' ? error.message : 'it gave no reason'), 500);
  }
}
