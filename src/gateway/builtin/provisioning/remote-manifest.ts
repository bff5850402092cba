import { ClarityError } from '../../../shared/errors.ts';
import { registrationText, type RegisterArgs } from './registration.ts';

/** What runtime__register_remote takes. */
export interface RemoteArgs extends RegisterArgs {
  readonly endpoint: string;
  readonly auth_ref?: string;
  readonly transport: 'streamable_http' | 'sse_http';
  readonly timeout_ms?: number;
  readonly max_payload_bytes?: number;
  readonly max_concurrency?: number;
  readonly allowed_tools?: readonly string[];
}

/** The manifest of a server elsewhere (original contract §2). Throws BadRequest for what is no http(s) URL, and for one with a password in it. */
export function remoteManifest(args: RemoteArgs): string {
  const { endpoint, transport, auth_ref: authRef } = args;
  const url = endpointUrl(endpoint);
  const module = args.module ?? url.pathname.split('/').filter(Boolean).at(-1) ?? url.hostname;
  const limits = {
    ...(args.timeout_ms === undefined ? {} : { timeoutMs: args.timeout_ms }),
    ...(args.max_payload_bytes === undefined ? {} : { maxPayloadBytes: args.max_payload_bytes }),
    ...(args.max_concurrency === undefined ? {} : { maxConcurrency: args.max_concurrency }),
    ...(args.allowed_tools === undefined ? {} : { allowedTools: args.allowed_tools }),
  };
  const origin = {
    type: 'remote_mcp',
    endpoint,
    transport,
    ...(authRef === undefined ? {} : { authRef }),
    ...limits,
  };
  return registrationText(args, { module, sourceFile: endpoint, origin });
}

function endpointUrl(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new ClarityError('BadRequest', 'the endpoint must be a URL that begins with http:// or https://');
  if (url.username !== '' || url.password !== '')
    throw new ClarityError(
      'BadRequest',
      'a manifest is no place for a password: take the user and password out of the endpoint, and name the secret in auth_ref',
    );
  return url;
}
