import { stringifyExact } from '../shared/exact-json.ts';
import { RPC, RpcError, type RpcId, type RpcMessage } from '../shared/json-rpc.ts';

/** Who listens to a channel. All are called synchronously, in the order of arrival. */
export interface ChannelListener {
  /**
   * One parsed JSON value from the server, not yet validated. `during` is the id of our request on whose own stream it came, where the
   * transport knows that (Streamable HTTP): what the server asks or tells there belongs to that request.
   */
  message(value: unknown, during?: RpcId): void;
  /** The server has forgotten the session and another was opened: what it was told before, it does not know. */
  renewed(): void;
  /** The channel is of no more use; called at most once, with the reason for a person. */
  closed(why: string): void;
}

/** Carries JSON-RPC messages to one server and back; knows nothing of requests and their answers. */
export interface Channel {
  /** Called once, before the first send. */
  listen(listener: ChannelListener): void;
  /**
   * Hands one message over. Rejects with RpcError(RPC.unavailable, …, {sent}), as soon as `signal` fires at the latest.
   * For a request it may stay pending until the answer has been delivered to the listener.
   */
  send(message: RpcMessage, signal: AbortSignal): Promise<void>;
}

/** The text of a message. Throws RpcError where it exceeds `maxBytes`. */
export function encodeMessage(message: RpcMessage, maxBytes: number): string {
  const text = stringifyExact(message);
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return text;
  const why = `the message has ${bytes} bytes, more than maxPayloadBytes (${maxBytes})`;
  throw new RpcError(RPC.invalidRequest, why, { sent: false });
}
