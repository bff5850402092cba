import { isJsonObject, type JsonObject } from '../../../../shared/json.ts';

/** The message of `{error: {message}}` or `{error: "…"}`, as all providers tell a failure; undefined where there is none. */
export function failureIn({ error }: JsonObject): string | undefined {
  if (typeof error === 'string') return error;
  return isJsonObject(error) && typeof error.message === 'string' ? error.message : undefined;
}
