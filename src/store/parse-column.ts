import { errorMessage } from '../shared/errors.ts';
import { isJsonObject } from '../shared/json.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { SqlValue } from './database.ts';

/**
 * The object in a JSON column, or nothing and a line in the log where a member is missing or the text is none of ours: one bad row
 * never keeps the daemon from starting. Deeper down the shape is what this build, or a migration of it, has written.
 */
export function parseColumn<T extends object>(
  column: SqlValue | undefined,
  members: readonly (keyof T & string)[],
  logger: Logger,
): [T] | [] {
  try {
    const value: unknown = JSON.parse(String(column));
    if (isJsonObject(value) && members.every((member) => value[member] !== undefined)) return [value as unknown as T];
    logger.warn('a row of the database is incomplete and left out', { members });
  } catch (error) {
    logger.warn('a row of the database cannot be read and is left out', { members, error: errorMessage(error) });
  }
  return [];
}
