import type { JsonObject } from '../shared/json.ts';
import type { Scope } from './scope.ts';

/** A log message of a service as a scope shows it: beside other services its logger names it (mcp-gateway §4.5). */
export function exposeLog(params: JsonObject, namespace: string, scope: Scope): JsonObject {
  if (scope.kind === 'service') return params;
  const { logger } = params;
  return { ...params, logger: typeof logger === 'string' ? `${namespace}/${logger}` : namespace };
}
