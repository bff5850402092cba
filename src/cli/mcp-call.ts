import { ApiError, NoDaemonError, readSse, type ClientOptions } from '../client/index.ts';
import { classifyMessage, type RpcResponse } from '../shared/json-rpc.ts';
import type { JsonObject } from '../shared/json.ts';
import { parseJson } from './parse-json.ts';
import { oneLine } from '../shared/text.ts';
import { CliError, EXIT } from './cli-error.ts';

/**
 * Posts one stateless tools/call to the daemon's `/mcp/s/<service>` (surfaces.md, MCP) and resolves with its result.
 * Throws CliError (exit 1) with the message of a JSON-RPC error, ApiError for any other refusal, NoDaemonError where nobody answers.
 */
export async function callTool(
  connection: ClientOptions,
  service: string,
  params: { readonly name: string; readonly arguments: JsonObject },
  signal: AbortSignal,
): Promise<JsonObject> {
  const answer = await send(connection, `/mcp/s/${encodeURIComponent(service)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(connection.token === undefined ? {} : { authorization: `Bearer ${connection.token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    redirect: 'error',
    signal,
  });
  if ('result' in answer) return answer.result;
  const { code, message } = answer.error;
  throw new CliError(EXIT.no, `${oneLine(message, 2000)} (JSON-RPC error ${String(code)})`);
}

async function send({ url, fetch }: ClientOptions, path: string, init: RequestInit): Promise<RpcResponse> {
  try {
    return await readAnswer(await fetch(url.replace(/\/+$/, '') + path, init));
  } catch (error) {
    if (init.signal?.aborted) throw init.signal.reason;
    // So fetch tells of a connection that failed or broke.
    throw error instanceof TypeError ? new NoDaemonError(url, error) : error;
  }
}

/** The response to our request: a JSON body, or the first response among the events of a stream. */
async function readAnswer(response: Response): Promise<RpcResponse> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true && response.body !== null) {
    for await (const { data } of readSse(response.body)) {
      const answer = asResponse(data);
      if (answer !== undefined) return answer;
    }
    throw new CliError(EXIT.no, 'the answer ended before its JSON-RPC response');
  }
  const text = await response.text();
  const answer = asResponse(text);
  if (answer !== undefined) return answer;
  const message = `the daemon answered ${String(response.status)}: ${oneLine(text, 500)}`;
  throw new ApiError(response.status, { error: message, code: 'Internal', details: [] });
}

function asResponse(text: string): RpcResponse | undefined {
  const message = classifyMessage(parseJson(text));
  return message?.kind === 'response' ? message.message : undefined;
}
