import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, webServer } from './web-server.ts';

export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The JSON of its body; undefined where it has none. */
  readonly body: any;
}

/** A provider of models on a free port that goes with the test, and what it was asked. */
export async function modelServer(answer: (request: ModelRequest, res: ServerResponse) => unknown) {
  const asked: ModelRequest[] = [];
  const server = await webServer(async (req: IncomingMessage, res) => {
    const text = await bodyOf(req);
    const { method = '', url: path = '', headers } = req;
    const request = { method, path, headers, body: text === '' ? undefined : JSON.parse(text) };
    asked.push(request);
    await answer(request, res);
  });
  return { url: server.url, host: server.url.slice('http://'.length), asked };
}

export function sendJson(res: ServerResponse, value: unknown, status = 200): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** An answer in OpenAI's format. */
export const openaiText = (content: string) => ({ choices: [{ message: { role: 'assistant', content } }] });

/** An answer in Anthropic's format. */
export const anthropicText = (text: string) => ({ content: [{ type: 'thinking' }, { type: 'text', text }] });
