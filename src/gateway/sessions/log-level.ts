import type { Json } from '../../shared/json.ts';

/** From the most verbose (RFC 5424, as MCP names them). */
const LOG_LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The level, where it is one. */
export function asLogLevel(value: Json | undefined): LogLevel | undefined {
  return LOG_LEVELS.find((level) => level === value);
}

/** True where a message of this level is to be heard by whoever wants `wanted`; one without a level that is known is not. */
export function isHeard(level: Json | undefined, wanted: LogLevel): boolean {
  const known = asLogLevel(level);
  return known !== undefined && LOG_LEVELS.indexOf(known) >= LOG_LEVELS.indexOf(wanted);
}

/** The one that lets most through; undefined of none. */
export function mostVerbose(levels: readonly LogLevel[]): LogLevel | undefined {
  return LOG_LEVELS.find((level) => levels.includes(level));
}
