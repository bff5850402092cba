import { DeadlineError, withDeadline } from '../../../../shared/abort.ts';
import type { Clock } from '../../../../shared/clock.ts';
import { oneLine } from '../../../../shared/text.ts';
import { defineOperation } from '../define-operation.ts';
import type { Operations, OutsideCall } from '../operation.ts';
import { asErr, PlainFailure } from '../plain-failure.ts';
import { allowedUrl } from './allowed.ts';
import { parseHeaders } from './headers.ts';
import { readText } from './read-text.ts';
import type { HttpRequest } from './redirect.ts';
import type { WebClient } from './web-client.ts';

/** Redirects and the body included (language.md §11 network). */
const TIMEOUT_MS = 10_000;
const MAX_MIB = 8;
const TEXT = 'text/plain;charset=UTF-8';
const METHOD = /^[!#$%&'*+.^_`|~\w-]{1,32}$/;
/** These make a tunnel or show the request's own headers to whoever asks. */
const FORBIDDEN_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK']);

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** `http_get`, `http_post`, `http_request`, `http_request_full`. */
export function httpOperations(clock: Clock, client: WebClient): Operations {
  const exchange = async (call: OutsideCall, make: () => HttpRequest): Promise<Answered> => {
    const request = make();
    const { url } = request;
    const work = async (signal: AbortSignal): Promise<Answered> => {
      const reply = await client.ask(request, call.program, signal);
      return { status: reply.status, body: await readText(reply, MAX_MIB, signal) };
    };
    try {
      return await withDeadline(clock, 'The request', TIMEOUT_MS, call.signal, work);
    } catch (error) {
      if (error instanceof DeadlineError)
        throw new PlainFailure(`${oneLine(url.host)} did not answer in full within ${TIMEOUT_MS / 1000} seconds.`);
      throw call.signal.aborted ? new PlainFailure('The call is over.') : error;
    }
  };
  const text = (call: OutsideCall, make: () => HttpRequest) =>
    exchange(call, make).then(
      ({ status, body }) => (status >= 200 && status < 300 ? { ok: body } : { err: `HTTP ${status}: ${body}` }),
      asErr,
    );
  const full = (call: OutsideCall, make: () => HttpRequest) =>
    exchange(call, make).then((answered) => ({ ok: JSON.stringify(answered) }), asErr);
  return {
    http_get: defineOperation<'http_get'>('machines', ([url], call) =>
      text(call, () => requestOf('GET', url, '', '', call)),
    ),
    http_post: defineOperation<'http_post'>('machines', ([url, body], call) =>
      text(call, () => requestOf('POST', url, '', body, call)),
    ),
    http_request: defineOperation<'http_request'>('machines', ([method, url, headers, body], call) =>
      text(call, () => requestOf(method, url, headers, body, call)),
    ),
    http_request_full: defineOperation<'http_request_full'>('machines', ([method, url, headers, body], call) =>
      full(call, () => requestOf(method, url, headers, body, call)),
    ),
  };
}

/** Throws PlainFailure. Without a type of its own, a body is plain text. */
function requestOf(method: string, url: string, headers: string, body: string, { program }: OutsideCall): HttpRequest {
  const upper = method.toUpperCase();
  if (!METHOD.test(method)) throw new PlainFailure(`\`${oneLine(method, 40)}\` is no HTTP method.`);
  if (FORBIDDEN_METHODS.has(upper)) throw new PlainFailure(`The HTTP method ${upper} cannot be used.`);
  const parsed = parseHeaders(headers);
  const request = { method: upper, url: allowedUrl(url, program), headers: parsed };
  return body === '' ? request : { ...request, headers: { 'content-type': TEXT, ...parsed }, body };
}
