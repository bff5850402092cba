import { parseExact } from '../../shared/exact-json.ts';
import { isJsonObject } from '../../shared/json.ts';
import { RpcError, type RpcId } from '../../shared/json-rpc.ts';
import { brokenProtocol } from './errors.ts';
import { readEvents, type StreamPosition } from './event-stream.ts';
import type { HttpReply } from './http-client.ts';
import { readText } from './read-text.ts';

export type Deliver = (value: unknown) => void;

/** How the reply to a POST was read. */
export interface ReadReply {
  /** The answer to `id` was in it. */
  readonly answered: boolean;
  /** Where to take up a stream that ended without the answer. */
  readonly position: StreamPosition;
}

export interface ReadOptions {
  readonly id: RpcId;
  readonly maxBytes: number;
  readonly shown: string;
  readonly deliver: Deliver;
  /** Called with the answer's arrival: what follows on that stream is of little interest. */
  readonly onAnswer: () => void;
}

/**
 * Delivers every message of a reply, JSON or SSE-framed, in order and as it comes. Rejects with RemoteError for another media
 * type, for text that is no JSON, and for what is too large.
 */
export async function readReply(reply: HttpReply, options: ReadOptions): Promise<ReadReply> {
  const { id, maxBytes, shown, deliver, onAnswer } = options;
  const read = { answered: false, position: {} as StreamPosition };
  const take = (text: string) => {
    const value = parseJson(text, shown);
    // Batches are legal under 2025-03-26 only, but harmless to read.
    for (const message of Array.isArray(value) ? (value as unknown[]) : [value]) {
      deliver(message);
      if (!isAnswer(message, id)) continue;
      read.answered = true;
      onAnswer();
    }
  };
  if (reply.contentType === 'application/json') {
    take(await readText(reply.body, maxBytes, shown));
  } else if (reply.contentType === 'text/event-stream') {
    try {
      for await (const event of readEvents(reply.body, maxBytes, shown, read.position))
        if (isMessage(event)) take(event.data);
    } catch (error) {
      // A stream that breaks after a numbered event can be resumed, one that breaks after the answer has done its work.
      if (error instanceof RpcError || (!read.answered && read.position.lastEventId === undefined)) throw error;
    }
  } else {
    reply.body.destroy();
    throw brokenProtocol(shown, `answered with the media type "${reply.contentType}"`);
  }
  return read;
}

/** Events of other types, and priming events without data, carry no message. */
export function isMessage({ event, data }: { event?: string | undefined; data: string }): boolean {
  return (event ?? 'message') === 'message' && data !== '';
}

export function parseJson(text: string, shown: string): unknown {
  try {
    return parseExact(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw brokenProtocol(shown, 'answered with something that is no JSON');
    throw error;
  }
}

/** True for the response to the request `id`. */
export function isAnswer(value: unknown, id: RpcId): boolean {
  return isJsonObject(value) && value.id === id && !('method' in value);
}
