import { DeadlineError, withDeadline } from '../../shared/abort.ts';
import { ClarityError, errorMessage } from '../../shared/errors.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { oneLine } from '../../shared/text.ts';
import type { DriverDeps } from '../deps.ts';
import type { Connection } from '../connection.ts';
import { Connections } from '../connections.ts';
import { Gate } from '../gate.ts';
import type { Launch } from '../instance-driver.ts';
import { NOBODY, type Represented } from '../represented.ts';
import { allowedEndpoint, shownUrl } from './endpoint.ts';
import { HttpClient } from './http-client.ts';
import type { RemoteLink } from './post.ts';
import { RemoteConnection } from './connection.ts';

/** Connects to a server that runs elsewhere (manifest.md, remote_mcp). */
export function launchRemote(deps: DriverDeps): Launch {
  return async (desired, ref, context) => {
    const { origin, startTimeoutMs } = desired.manifest.spec;
    if (origin.type !== 'remote_mcp') throw new ClarityError('Internal', `${origin.type} is no remote_mcp`);
    const url = allowedEndpoint(origin, desired, deps.allowHost);
    const { clock, version } = deps;
    const log = (text: string) => deps.logs.append(ref.identity, 'runtime', text);
    const gate = new Gate(clock, origin.maxConcurrency, origin.queueLimit);
    const connect = async (represented: Represented, signal: AbortSignal): Promise<Connection> => {
      const link: RemoteLink = {
        clock,
        url,
        http: new HttpClient(origin, deps.secrets, deps.redact),
        maxPayloadBytes: origin.maxPayloadBytes,
        timeoutMs: Math.min(origin.timeoutMs, startTimeoutMs),
        log,
      };
      const connection = new RemoteConnection({ version, transport: origin.transport, link, gate, represented });
      try {
        return await withDeadline(clock, 'connecting', startTimeoutMs, signal, (own) => connection.open(own));
      } catch (error) {
        await connection.close();
        signal.throwIfAborted();
        throw startError(error, shownUrl(url));
      }
    };
    context.phase(`Connecting to ${shownUrl(url)}`);
    const main = await connect(NOBODY, context.signal);
    const upstream = new Connections({ ref, clock, main, open: connect, gate, log });
    // A lost connection is no exit: requests fail, and the controller's probe decides.
    return { upstream, ended: new Promise(() => undefined), stop: (graceMs) => upstream.close(graceMs) };
  };
}

/** The error of a start, as the controller sorts it: terminal ones are not retried. */
function startError(error: unknown, shown: string): ClarityError {
  if (error instanceof RpcError && error.cause instanceof ClarityError) return error.cause;
  if (error instanceof DeadlineError || (error instanceof RpcError && error.code === RPC.timeout))
    return new ClarityError('UpstreamTimeout', `${shown}: ${error.message}`, { cause: error });
  if (error instanceof ClarityError)
    return new ClarityError(error.code, `${shown}: ${error.message}`, { cause: error });
  const text =
    error instanceof RpcError ? `refused initialize: ${oneLine(error.message)} (${error.code})` : errorMessage(error);
  return new ClarityError('UpstreamUnreachable', `${shown} ${text}`, { cause: error });
}
