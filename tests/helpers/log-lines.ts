import { createLogger, type Logger } from '../../src/telemetry/logger.ts';

/** A logger of the real kind, and what it has written, one object a line. */
export function collectingLogger(redact: (text: string) => string = (text) => text): {
  logger: Logger;
  lines: Record<string, unknown>[];
} {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { logger: createLogger({ level: 'trace', redact, destination }), lines };
}
