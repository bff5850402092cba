import type { EventLog, RuntimeEvent, Unsubscribe } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import type { EventStore } from './event-store.ts';
import type { Logger } from './logger.ts';
import { RepeatFold } from './repeat-fold.ts';

/** Most listeners at once: each SSE client is one. */
const MAX_LISTENERS = 1000;
/** Characters of a message. */
const MAX_MESSAGE = 8192;

export interface EventBusOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Takes secrets out of a text; applied to message and data. */
  readonly redact: (text: string) => string;
}

/**
 * The one event stream. A listener hears of an event after its commit, so that what a client has seen survives kill -9 and no number
 * is given twice; where the store refuses, listeners hear of it all the same. What is listed has been heard, and what is heard after
 * `listen` was not listed before it: replay and then follow misses nothing and repeats nothing.
 */
export function createEventBus({ store, clock, logger, redact }: EventBusOptions): EventLog {
  const listeners = new Set<(event: RuntimeEvent) => void>();
  const fold = new RepeatFold();
  let seq = store.lastSeq();

  const deliver = (event: RuntimeEvent) => {
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        logger.error('a listener of events failed', { kind: event.kind, error });
      }
    }
  };

  return {
    emit(given) {
      const now = clock.now();
      const event = redactEvent({ ...given, seq: seq + 1, at: new Date(now).toISOString() }, redact);
      const repeated = fold.repeats(event, now);
      if (repeated !== undefined) return store.recount(repeated.seq, repeated.count);
      seq = event.seq;
      store.append(event, (error) => {
        if (error !== undefined) logger.error('an event was not kept', { seq: event.seq, kind: event.kind, error });
        deliver(event);
      });
    },
    list: (filter) => store.list(filter),
    listen(listener): Unsubscribe {
      if (listeners.size >= MAX_LISTENERS)
        throw new ClarityError('TooManyRequests', `${MAX_LISTENERS} clients already follow the events`);
      store.flush();
      const own = (event: RuntimeEvent) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

function redactEvent(event: RuntimeEvent, redact: (text: string) => string): RuntimeEvent {
  return {
    ...event,
    message: redact(event.message).slice(0, MAX_MESSAGE),
    ...(event.data === undefined ? {} : { data: redactJson(event.data, redact) }),
  };
}

/** Every string in the value redacted; keys stay. */
function redactJson(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(item, redact));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, member === undefined ? member : redactJson(member, redact)]),
  );
}
