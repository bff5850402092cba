import type { ToolCaller } from '../reconcile/ports.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Catalogs } from './catalog/catalogs.ts';
import { callTool } from './methods/tools.ts';
import type { Relay } from './relay.ts';
import type { Subscriptions } from './subscriptions/subscriptions.ts';
import type { Tasks } from './tasks/tasks.ts';

export interface ToolCallerDeps {
  /** The gateway's own, so that a call builds nothing anew. */
  readonly catalogs: Catalogs;
  readonly relay: Relay;
  readonly subscriptions: Subscriptions;
  readonly tasks: Tasks;
  /** Told of errors that are faults of ours; the caller only hears -32603. */
  readonly onFault: (error: unknown, where: string) => void;
}

/** Calls of services to tools of other services: the catalogue and the relay that clients have, without HTTP. The built-in tools are not among them: no program in a sandbox says what the daemon runs. */
export function createToolCaller({ catalogs, onFault, ...relaying }: ToolCallerDeps): ToolCaller {
  const catalogOf = (service: string | undefined): Catalog | undefined =>
    service === undefined ? catalogs.services() : catalogs.of({ kind: 'service', identity: service });
  return {
    tools: (service) => catalogOf(service)?.lists.tools.rows.map(({ json }) => JSON.parse(json) as JsonObject),
    call: async (service, tool, args, signal) => {
      const catalog = catalogOf(service);
      if (catalog === undefined) throw new RpcError(RPC.invalidRequest, 'No service of this name is served now');
      try {
        const call = { ...relaying, catalog, principal: 'services', signal, notify: () => undefined };
        return JSON.parse(String(await callTool({ name: tool, arguments: args }, call))) as JsonObject;
      } catch (error) {
        if (error instanceof RpcError) throw error;
        onFault(error, 'a call between services');
        throw new RpcError(RPC.internalError, 'Internal error', undefined, { cause: error });
      }
    },
  };
}
