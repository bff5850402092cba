import { classifyMessage } from '../../shared/json-rpc.ts';
import { oneLine } from '../../shared/text.ts';
import { parseUrl, shownUrl } from './endpoint.ts';
import { RemoteError, type RpcErrorResponse } from './errors.ts';

export interface Refused {
  readonly url: URL;
  readonly status: number;
  readonly location: string | undefined;
  /** The body, as far as it was read. */
  readonly text: string;
  readonly redact: (text: string) => string;
}

/** What a status outside of 2xx means for us; a 5xx may have run, everything below was refused. */
export function refusal({ url, status, location, text, redact }: Refused): RemoteError {
  const shown = shownUrl(url);
  if (status >= 300 && status < 400) {
    const target = location === undefined ? undefined : parseUrl(location, url);
    const where = target === undefined ? 'elsewhere' : `to ${shownUrl(target)}`;
    const advice = 'redirects are not followed, because the credentials would go along; correct spec.origin.endpoint';
    return new RemoteError('UpstreamUnreachable', `${shown} redirects ${where} (${status}): ${advice}`, {
      sent: false,
      status,
    });
  }
  const response = rpcErrorIn(text);
  const reason = oneLine(redact(response?.error.message ?? ''));
  const detail = reason === '' ? '' : `: ${reason}`;
  if (status === 401 || status === 403)
    return new RemoteError('UpstreamUnauthorized', `${shown} refused our credentials (${status})${detail}`, {
      sent: false,
      status,
    });
  const sent = status >= 500;
  return new RemoteError('UpstreamUnreachable', `${shown} answered ${status}${detail}`, { sent, status, response });
}

/** The JSON-RPC error in a body; other bodies are pages for browsers and say little. */
function rpcErrorIn(text: string): RpcErrorResponse | undefined {
  try {
    const message = classifyMessage(JSON.parse(text))?.message;
    return message !== undefined && 'error' in message ? message : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
