import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import { redactFields } from './redact-fields.ts';

/** Levels from quiet to loud; `silent` says nothing. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

type Say = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * What every room logs with. The message is a fixed sentence for a person, everything that varies is a field.
 * Secrets are taken out of both; an Error as a field is written as its message and code (with the stack at debug and below).
 */
export interface Logger {
  readonly trace: Say;
  readonly debug: Say;
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
  /** A logger that adds these fields to each line. */
  child(fields: Readonly<Record<string, unknown>>): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Takes one JSON line at a time; `prettyStream(…)` makes it readable. */
  readonly destination: DestinationStream;
}

/** The daemon's logger: JSON lines with time, level, msg and the fields. */
export function createLogger({ level, redact, destination }: LoggerOptions): Logger {
  const formatters = { level: (label: string) => ({ level: label }) };
  return wrap(pino({ level, base: null, formatters, timestamp: pino.stdTimeFunctions.isoTime }, destination), redact);
}

function wrap(log: Pino, redact: (text: string) => string): Logger {
  const say =
    (level: 'trace' | 'debug' | 'info' | 'warn' | 'error'): Say =>
    (message, fields = {}) => {
      if (!log.isLevelEnabled(level)) return;
      log[level](redactFields(fields, redact, log.isLevelEnabled('debug')), '%s', redact(message));
    };
  return {
    trace: say('trace'),
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    child: (fields) => wrap(log.child(redactFields(fields, redact, false)), redact),
  };
}
