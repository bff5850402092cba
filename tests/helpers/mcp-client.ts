import type { JsonObject } from '../../src/shared/json.ts';

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** What came back for a call of a tool; one of the two. */
export interface ToolAnswer {
  readonly result?: JsonObject & { readonly isError?: boolean };
  readonly error?: { readonly code: number; readonly message: string };
}

interface Sent {
  readonly signal?: AbortSignal;
  readonly headers?: Record<string, string>;
  readonly id?: number;
}

/** POSTs one JSON-RPC message to an MCP endpoint. */
export function postMcp(endpoint: string, message: object, { signal, headers }: Sent = {}): Promise<Response> {
  return fetch(endpoint, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** A stateless tools/call. */
export async function callMcp(endpoint: string, name: string, args: object = {}, sent: Sent = {}): Promise<ToolAnswer> {
  const message = { id: sent.id ?? 1, method: 'tools/call', params: { name, arguments: args } };
  return answerOf(await postMcp(endpoint, message, sent));
}

/** The answer in a body; one that has taken long comes as the last event of a stream. */
export async function answerOf(response: Response): Promise<ToolAnswer> {
  const text = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  return JSON.parse(isStream ? text.slice(text.lastIndexOf('data: ') + 6) : text) as ToolAnswer;
}

/** The first text of an answer; of an error its sentence. */
export function answerText({ result, error }: ToolAnswer): string {
  const [first] = (result?.['content'] ?? []) as readonly { readonly text?: string }[];
  return first?.text ?? error?.message ?? '';
}
