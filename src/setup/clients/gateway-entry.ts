import { ClarityError } from '../../shared/errors.ts';

/** The name that our entry has in a client's configuration (original contract §12). */
export const SERVER_NAME = 'clarity_gateway';

/** How a client reaches the gateway. */
export type GatewayEntry = StdioEntry | HttpEntry;

export interface StdioEntry {
  readonly transport: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  /** The variable of the client that holds the daemon's token; never the token itself. */
  readonly tokenEnv?: string;
}

export interface HttpEntry {
  readonly transport: 'http';
  readonly url: string;
  readonly tokenEnv?: string;
}

/** Where the bridge looks by itself. */
const USUAL_DAEMON = /^http:\/\/(127\.0\.0\.1|localhost):4707\/?$/;
/** The variables that the bridge reads the token from. */
const BRIDGE_TOKENS = ['CLARITYD_AUTH_TOKEN', 'CLARITY_API_TOKEN'];
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The entry that the wishes of a caller ask for. `daemonUrl` is the daemon's own address: what an entry without an endpoint points at.
 * Throws ClarityError BadRequest where the endpoint is no plain http or https URL, or the name of the variable is none.
 */
export function gatewayEntry(
  wish: {
    readonly transport?: string | undefined;
    readonly endpoint?: string | undefined;
    readonly tokenEnv?: string | undefined;
  },
  daemonUrl: string,
): GatewayEntry {
  const { transport = 'stdio', endpoint = '', tokenEnv } = wish;
  if (transport !== 'stdio' && transport !== 'http')
    throw new ClarityError('BadRequest', `transport ${JSON.stringify(transport)} is neither stdio nor http`);
  if (tokenEnv !== undefined && !VARIABLE.test(tokenEnv))
    throw new ClarityError('BadRequest', `${JSON.stringify(tokenEnv)} is no name of an environment variable`);
  const token = tokenEnv === undefined ? {} : { tokenEnv };
  if (transport === 'http') return { transport, url: plainUrl(endpoint || mcpOf(daemonUrl)), ...token };
  if (endpoint !== '') throw new ClarityError('BadRequest', 'an endpoint is of transport http');
  const args = ['gateway', 'serve', '--stdio'];
  if (!USUAL_DAEMON.test(daemonUrl)) args.push('--daemon-url', plainUrl(daemonUrl));
  return { transport, command: 'clarityctl', args, ...token };
}

/** True for a variable that the bridge reads the token from by itself. */
export function isBridgeToken(name: string): boolean {
  return BRIDGE_TOKENS.includes(name);
}

function mcpOf(daemonUrl: string): string {
  return `${daemonUrl.replace(/\/+$/, '')}/mcp`;
}

/** No white space, quotes or control characters, which URL.canParse lets through, and no password. */
function plainUrl(text: string): string {
  if (!/^https?:\/\/[^\s"'<>\\^`{|}\p{Cc}]+$/iu.test(text) || !URL.canParse(text))
    throw new ClarityError('BadRequest', `${JSON.stringify(text)} is no http or https URL`);
  const { username, password } = new URL(text);
  if (username !== '' || password !== '')
    throw new ClarityError(
      'BadRequest',
      'the endpoint holds a user or password: name a variable for the token instead',
    );
  return text;
}
