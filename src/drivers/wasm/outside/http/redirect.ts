import type { Headers } from './headers.ts';

export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: string | undefined;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What goes along to another origin: everything else may be a credential of the first one. */
const HARMLESS = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);

/** Whether an answer with this status and a Location sends the client elsewhere. */
export const isRedirect = (status: number): boolean => REDIRECTS.has(status);

/** The request to make at `url` instead, by the rules of fetch: 303, and 301 or 302 for a POST, become a GET without a body. */
export function redirected({ method, url: from, headers, body }: HttpRequest, status: number, url: URL): HttpRequest {
  const fresh =
    (status === 303 && method !== 'GET' && method !== 'HEAD') ||
    ((status === 301 || status === 302) && method === 'POST');
  const kept = Object.entries(headers).filter(
    ([name]) => !(fresh && name.startsWith('content-')) && (url.origin === from.origin || HARMLESS.has(name)),
  );
  return { method: fresh ? 'GET' : method, url, headers: Object.fromEntries(kept), body: fresh ? undefined : body };
}
