import type { Json } from './json.ts';

/**
 * Every code that our own errors carry. JSON-RPC numbers are another family (json-rpc.ts).
 * `http`: the status that the API answers with; `terminal`: a reconcile does not retry it for the same generation;
 * docs/reference/errors.md is generated from this table and a test keeps the two equal.
 */
export const ERRORS = {
  BadRequest: {
    http: 400,
    terminal: true,
    meaning: 'The request cannot be understood.',
    todo: 'Correct the request as the message says.',
  },
  Unauthorized: {
    http: 401,
    terminal: true,
    meaning: 'A token is needed, or the one given is wrong.',
    todo: 'Pass the daemon’s token: --auth-token, CLARITYD_AUTH_TOKEN, or Authorization: Bearer.',
  },
  Forbidden: {
    http: 403,
    terminal: true,
    meaning: 'The peer, Host or Origin is not allowed.',
    todo: 'Use a loopback address, set a token, or add --allowed-host / --allowed-origin.',
  },
  NotEnabled: {
    http: 403,
    terminal: true,
    meaning: 'The operator has not switched this on.',
    todo: 'Start clarityd with the variable that the message names.',
  },
  NotFound: {
    http: 404,
    terminal: true,
    meaning: 'There is no such thing.',
    todo: 'Correct the name; `clarityctl get` shows the services there are.',
  },
  MethodNotAllowed: {
    http: 405,
    terminal: true,
    meaning: 'The route exists, but not with this method.',
    todo: 'Use one of the methods of the Allow header.',
  },
  Conflict: {
    http: 409,
    terminal: true,
    meaning: 'The document belongs to somebody else, or changed meanwhile.',
    todo: 'Make the printed change by hand, or repeat as the message says: with --force-conflicts, or with --commit in a git source.',
  },
  PayloadTooLarge: {
    http: 413,
    terminal: true,
    meaning: 'The body is larger than the limit.',
    todo: 'Send less, or raise the limit that the message names.',
  },
  UnsupportedMediaType: {
    http: 415,
    terminal: true,
    meaning: 'Only JSON bodies are accepted.',
    todo: 'Send content-type: application/json.',
  },
  ManifestInvalid: {
    http: 422,
    terminal: true,
    meaning: 'The manifest does not pass validation.',
    todo: 'Mend the lines that the diagnostics point at; `clarityctl explain` tells each field.',
  },
  TooManyRequests: {
    http: 429,
    terminal: false,
    meaning: 'A limit on sessions or calls is reached.',
    todo: 'Wait for the seconds of Retry-After.',
  },
  NotImplemented: {
    http: 501,
    terminal: true,
    meaning: 'It is known, and not there yet.',
    todo: 'Do without it for now; docs/reference/api.md marks what is pending.',
  },
  NotReady: {
    http: 503,
    terminal: false,
    meaning: 'The daemon or the service cannot serve this now.',
    todo: 'See `clarityctl get` and `clarityctl describe NAME`.',
  },
  SourceMissing: {
    http: 503,
    terminal: false,
    meaning: 'A source’s folder is not there or cannot be read.',
    todo: 'Create the folder, or correct --services / --source.',
  },
  SourceUnreadable: {
    http: 503,
    terminal: false,
    meaning: 'A source’s repository cannot be fetched, read or pushed to.',
    todo: 'Do what git’s words in the message ask for: the URL, the credentials, the network.',
  },
  CommandNotFound: {
    http: 503,
    terminal: true,
    meaning: 'The command of a service does not exist on this machine.',
    todo: 'Install it, or correct spec.origin.command; it is looked at again every 5 minutes.',
  },
  SecretNotFound: {
    http: 503,
    terminal: true,
    meaning: 'A secretRef points at nothing.',
    todo: 'Set the variable or file that the message names, then `clarityctl reconcile NAME`.',
  },
  ImportNotGranted: {
    http: 503,
    terminal: true,
    meaning: 'A Clarity module asks for something that its manifest does not grant, or that no service has.',
    todo: 'Add the line of spec.origin.capabilities that the message names, or take the calls out of the program.',
  },
  ModuleInvalid: {
    http: 503,
    terminal: true,
    meaning: 'The wasm of a service is no module that can be run.',
    todo: 'Compile it anew with `clarityc compile`; the message says what is wrong with it.',
  },
  StartFailed: {
    http: 503,
    terminal: false,
    meaning: 'The service did not come up.',
    todo: 'Read the last stderr lines in `clarityctl describe NAME`.',
  },
  UpstreamUnauthorized: {
    http: 503,
    terminal: true,
    meaning: 'The remote server refused our credentials (401 or 403).',
    todo: 'Correct spec.origin.authRef or the secret behind it.',
  },
  UpstreamUnreachable: {
    http: 503,
    terminal: false,
    meaning: 'The remote server cannot be reached or broke the protocol.',
    todo: 'Check spec.origin.endpoint; it is tried again by itself.',
  },
  UpstreamTimeout: {
    http: 503,
    terminal: false,
    meaning: 'The server did not answer within its limit.',
    todo: 'Raise startTimeoutMs or timeoutMs, or look at the service’s logs.',
  },
  HostNotAllowed: {
    http: 403,
    terminal: true,
    meaning: 'The host of a remote endpoint is not on the allow-list.',
    todo: 'Add it to CLARITY_REMOTE_ALLOWED_HOSTS or the Policy’s hosts.',
  },
  StateLocked: {
    http: 503,
    terminal: true,
    meaning: 'Another daemon holds the state directory.',
    todo: 'Stop that daemon, or pass another --state.',
  },
  StateUnusable: {
    http: 503,
    terminal: true,
    meaning: 'The state directory or its database cannot be used.',
    todo: 'Do what the message says, or pass another --state.',
  },
  AddressInUse: { http: 503, terminal: true, meaning: 'The port is taken.', todo: 'Pass --port 0 or another port.' },
  ClientConfigInvalid: {
    http: 409,
    terminal: true,
    meaning: 'The configuration file of an MCP client cannot be edited safely.',
    todo: 'Mend the line that the message names, or make the entry by hand; nothing was written.',
  },
  Usage: { http: 400, terminal: true, meaning: 'The command line cannot be understood.', todo: 'See --help.' },
  Internal: {
    http: 500,
    terminal: false,
    meaning: 'Something that should not happen did.',
    todo: 'Report it with the request id and the log around it.',
  },
} as const satisfies Record<string, { http: number; terminal: boolean; meaning: string; todo: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** The one error class of our own: a code of the catalogue, a text for a person, the cause, and data for programs. */
export class ClarityError extends Error {
  readonly code: ErrorCode;
  readonly data: Json | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; data?: Json } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ClarityError';
    this.code = code;
    this.data = options.data;
  }

  /** True where trying again with the same manifest cannot help. */
  get terminal(): boolean {
    return ERRORS[this.code].terminal;
  }
}

/** The code of anything thrown: ENOENT and its kin, a ClarityError's; undefined where it has none, or a number as DOMExceptions do. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The text of anything thrown, without a stack. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
