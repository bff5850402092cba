import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { isJsonObject } from '../shared/json.ts';

/** Bytes of a request body (original contract §0). */
export const BODY_LIMIT = 1_048_576;

/** Levels of arrays and objects. */
const MAX_DEPTH = 100;

/** How long, and how much of, a body that is too large is read on, so that its sender gets to see the 413. */
const LINGER_MS = 2000;
const LINGER_BYTES = 64 * 1_048_576;

/** JSON bodies only; everything else is 415. An empty body is `undefined`, whatever its content type says. */
export function acceptJson(app: FastifyInstance, clock: Clock): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/([\w.-]+\+)?json\b/,
    async (request: FastifyRequest, payload: IncomingMessage): Promise<unknown> => {
      const text = await readText(payload, request.routeOptions.bodyLimit, clock);
      if (text.trim() === '') return undefined;
      return new Promise((resolve, reject) => {
        void parseJson(request, text, (error, body) => {
          const refused = refusal(error, body);
          if (refused === undefined) resolve(body);
          else reject(refused);
        });
      });
    },
  );
}

/** Bodies of any type, as they came, for whoever checks a signature over them. */
export function acceptBytes(app: FastifyInstance, clock: Clock): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
    readBytes(payload, request.routeOptions.bodyLimit, clock),
  );
}

/** Our own routes take an object: an empty body counts as one, `null` and everything else is refused. */
export function objectBody(request: FastifyRequest): void {
  if (request.routeOptions.schema?.body === undefined) return;
  if (request.body === undefined) request.body = {};
  if (!isJsonObject(request.body)) throw new ClarityError('BadRequest', 'the body must be a JSON object');
}

function refusal(error: Error | null, body: unknown): ClarityError | undefined {
  if (error !== null) return new ClarityError('BadRequest', 'invalid JSON body', { cause: error });
  if (nestsTooDeep(body))
    return new ClarityError('BadRequest', `the body nests deeper than ${String(MAX_DEPTH)} levels`);
  return undefined;
}

/** Level by level: a recursive walk would be what it guards against. */
function nestsTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}

async function readText(payload: IncomingMessage, limit: number, clock: Clock): Promise<string> {
  const bytes = await readBytes(payload, limit, clock);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ClarityError('BadRequest', 'invalid JSON body: it is not UTF-8', { cause });
  }
}

function readBytes(payload: IncomingMessage, limit: number, clock: Clock): Promise<Buffer> {
  const tooLarge = () => new ClarityError('PayloadTooLarge', `the body is larger than ${String(limit)} bytes`);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let stopLingering: (() => void) | undefined;
    payload.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      stopLingering ??= clock.after(LINGER_MS, () => reject(tooLarge()));
      if (size > LINGER_BYTES) reject(tooLarge());
    });
    payload.once('end', () => (size > limit ? reject(tooLarge()) : resolve(Buffer.concat(chunks))));
    // Errors tell of a caller that went away in the middle; so does a close without an end.
    for (const ending of ['error', 'close'])
      payload.once(ending, () => {
        stopLingering?.();
        reject(new ClarityError('BadRequest', 'the body ended too early'));
      });
  });
}
