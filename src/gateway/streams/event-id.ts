/** Where a reader of a stream is. */
export interface StreamPlace {
  /** The number of the stream in its session. */
  readonly stream: number;
  /** The place in the session's log of the last message that the reader has. */
  readonly seq: number;
}

/** Written by formatEventId; the last part makes the ids of opening events unique and says nothing. */
const EVENT_ID = /^(\d{1,9})-(\d{1,15})(?:-\d{1,15})?$/;

/** The id of an event: unique in its session, it carries the stream (mcp-gateway §1.9). `opening` numbers the events that carry no message. */
export function formatEventId({ stream, seq }: StreamPlace, opening?: number): string {
  return opening === undefined
    ? `${String(stream)}-${String(seq)}`
    : `${String(stream)}-${String(seq)}-${String(opening)}`;
}

/** Undefined for what is no id of ours. */
export function parseEventId(id: string): StreamPlace | undefined {
  const [, stream, seq] = EVENT_ID.exec(id) ?? [];
  return stream === undefined || seq === undefined ? undefined : { stream: Number(stream), seq: Number(seq) };
}
