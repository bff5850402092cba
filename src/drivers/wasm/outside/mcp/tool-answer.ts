import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';

/** A CallToolResult as a program takes it: its text parts, one a line, or the result as JSON where it has none; what went wrong as an Err. */
export function toolAnswer(result: JsonObject): { readonly ok: string } | { readonly err: string } {
  const parts = Array.isArray(result.content) ? (result.content as readonly Json[]) : [];
  const texts = parts.flatMap((part) =>
    isJsonObject(part) && part.type === 'text' && typeof part.text === 'string' ? [part.text] : [],
  );
  const text = texts.length > 0 ? texts.join('\n') : JSON.stringify(result);
  return result.isError === true ? { err: text } : { ok: text };
}
