import type { JsonObject } from '../../shared/json.ts';
import { addOrigin } from '../add/add-origin.ts';
import type { ExitCode } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/add-remote.ts';

/** The body of `clarityctl add-remote`. */
export async function runAddRemote(context: CommandContext, options: Options): Promise<ExitCode> {
  const { endpoint, module, authRef, transport, timeoutMs, allowTools, maxPayloadBytes, maxConcurrency } = options;
  const given = { authRef, transport, timeoutMs, allowedTools: allowTools, maxPayloadBytes, maxConcurrency };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as JsonObject;
  const origin = { type: 'remote_mcp', endpoint, ...known };
  return addOrigin(context, { label: endpoint, origin, fallbackName: module }, options);
}
