import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import type { RuntimeService } from '../runtime/types.ts';
import { DeadlineError } from '../shared/abort.ts';
import { ClarityError, ERRORS, errorMessage, type ErrorCode } from '../shared/errors.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import type { ErrorResponse } from '../wire/types.ts';
import type { ApiDeps } from './deps.ts';
import { fleetSecrets, maskPatch } from './mask.ts';

type ErrorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** The one way out for everything thrown: status of the catalogue, the original's `error` text, never a stack (surfaces.md, HTTP). */
export function errorHandler({ logger, runtime }: Pick<ApiDeps, 'logger' | 'runtime'>): ErrorHandler {
  return (error, request, reply) => {
    const known = toClarityError(error);
    if (known.code === 'Internal')
      logger.error('a request failed', { error, requestId: request.id, route: request.routeOptions.url });
    setHeaders(known, reply);
    return reply.code(statusOf(known, error)).send(errorBody(known, request.id, runtime));
  };
}

function setHeaders({ code, data }: ClarityError, reply: FastifyReply): void {
  const { allow, retryAfterSeconds } = isJsonObject(data) ? data : {};
  // What is left of a refused body would be read as the next request.
  if (code === 'PayloadTooLarge') reply.header('connection', 'close');
  if (code === 'Unauthorized') reply.header('www-authenticate', 'Bearer');
  if (code === 'MethodNotAllowed' && Array.isArray(allow)) reply.header('allow', allow.join(', '));
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds));
}

function errorBody(error: ClarityError, requestId: string, runtime?: RuntimeService): ErrorResponse {
  const data = isJsonObject(error.data) ? error.data : {};
  const { patch } = data;
  return {
    error: error.code === 'Internal' ? 'internal error' : error.message,
    code: error.code,
    details: details(data),
    requestId,
    ...(typeof patch === 'string' ? { patch: maskPatch(patch, new Set(fleetSecrets(runtime?.list() ?? []))) } : {}),
  };
}

/** The diagnostics of a 422 in the shape of GET /api/diagnostics, or what else there is to say. */
function details({ diagnostics, details }: JsonObject): Json[] {
  const list: unknown = diagnostics ?? details;
  if (!Array.isArray(list)) return [];
  return (list as Json[]).map((item) => (list === diagnostics && isJsonObject(item) ? { source: '', ...item } : item));
}

/** Framework refusals of 4xx without an entry of the catalogue (414, 431) keep their number. */
function statusOf({ code }: ClarityError, error: unknown): number {
  const { http } = ERRORS[code];
  const { statusCode } = error as FastifyError;
  return http === 400 && statusCode !== undefined && statusCode > 400 && statusCode < 500 ? statusCode : http;
}

function toClarityError(error: unknown): ClarityError {
  if (error instanceof ClarityError) return error;
  if (error instanceof RpcError)
    return new ClarityError(error.code === RPC.timeout ? 'UpstreamTimeout' : 'UpstreamUnreachable', error.message);
  if (error instanceof DeadlineError) return new ClarityError('NotReady', error.message);
  const { statusCode, validation, validationContext } = error as Partial<FastifyError>;
  if (validation !== undefined) {
    const where = validationContext ?? 'request';
    const details = validation.slice(0, 20).map(({ instancePath, message, params }) => {
      const unknown = typeof params.additionalProperty === 'string' ? `: ${params.additionalProperty}` : '';
      return { in: where, path: instancePath, message: `${message ?? 'is not valid'}${unknown}` };
    });
    const first = details[0];
    const text = first === undefined ? 'is not valid' : `${first.path} ${first.message}`.trim();
    return new ClarityError('BadRequest', `the ${where} ${text}`, { data: { details } });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new ClarityError(frameworkCode(statusCode), errorMessage(error));
  return new ClarityError('Internal', errorMessage(error), { cause: error });
}

function frameworkCode(statusCode: number): ErrorCode {
  if (statusCode === 413) return 'PayloadTooLarge';
  return statusCode === 415 ? 'UnsupportedMediaType' : 'BadRequest';
}

const PARSER_STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what is no HTTP at all, or never ends, and closes the connection. */
export function answerParserError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = PARSER_STATUS[error.code ?? ''] ?? '400 Bad Request';
  const body = errorBody(new ClarityError('BadRequest', `the request cannot be read: ${status.slice(4)}`), '');
  const text = `${JSON.stringify(body, null, 2)}\n`;
  const head = `content-type: application/json; charset=utf-8\r\ncontent-length: ${String(Buffer.byteLength(text))}`;
  socket.end(`HTTP/1.1 ${status}\r\n${head}\r\nconnection: close\r\n\r\n${text}`, () => socket.destroy());
}
