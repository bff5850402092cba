import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Handler } from '../call.ts';
import { asLogLevel } from '../sessions/log-level.ts';

/** `logging/setLevel`, for this session alone; there only where a service that it sees has it (mcp-gateway §4.5, §5.2). */
export const setLogLevel: Handler = async (params, { catalog, relay, session }) => {
  if (catalog.capabilities.logging === undefined)
    throw new RpcError(RPC.methodNotFound, 'Method not found: logging/setLevel');
  const level = asLogLevel(params.level);
  if (level === undefined) throw new RpcError(RPC.invalidParams, 'params.level must be a log level of MCP');
  if (session === undefined) throw new RpcError(RPC.invalidRequest, 'logging/setLevel needs a session');
  await relay.logLevels.set(session, level);
  return '{}';
};
