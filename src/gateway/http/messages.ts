import { classifyMessage, RPC } from '../../shared/json-rpc.ts';
import { Refusal } from './refusal.ts';

/** A message and its kind. */
export type Incoming = NonNullable<ReturnType<typeof classifyMessage>>;

export interface Post {
  readonly messages: readonly Incoming[];
  /** The answer is an array too. */
  readonly batch: boolean;
}

/** The messages of a body. Throws a Refusal 400 -32600 for what is none, and for a batch that is empty or longer than `batchMessages`. */
export function readPost(value: unknown, batchMessages: number): Post {
  if (!Array.isArray(value)) return { messages: [readMessage(value)], batch: false };
  if (value.length === 0 || value.length > batchMessages)
    throw new Refusal(400, RPC.invalidRequest, `A batch holds 1 to ${String(batchMessages)} messages`);
  return { messages: value.map(readMessage), batch: true };
}

function readMessage(value: unknown): Incoming {
  const message = classifyMessage(value);
  if (message === undefined) throw new Refusal(400, RPC.invalidRequest, 'The body is no JSON-RPC 2.0 message of MCP');
  return message;
}
