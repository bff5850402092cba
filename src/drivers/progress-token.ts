import { isJsonObject, type JsonObject } from '../shared/json.ts';

/** The params under this hop's own progress token, or under none: a token is of one hop (mcp-gateway §4.2). */
export function withToken(params: JsonObject | undefined, token: number | undefined): JsonObject | undefined {
  const before = isJsonObject(params?._meta) ? params._meta : undefined;
  if (token !== undefined) return { ...params, _meta: { ...before, progressToken: token } };
  if (before?.progressToken === undefined) return params;
  const { progressToken: _, ...meta } = before;
  return { ...params, _meta: meta };
}
