import type { RequestOptions, Upstream } from '../../src/reconcile/ports.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { fakeUpstream } from './fake-upstream.ts';
import { snapshotOf } from './served-fleet.ts';

export const RELATED = 'io.modelcontextprotocol/related-task';

/** What a service that takes tasks shows. */
export const JOBS = snapshotOf({
  capabilities: { tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } },
  tools: [{ name: 'job', inputSchema: { type: 'object' }, execution: { taskSupport: 'optional' } }],
});

/** Tasks `1`, `2`, … whose status the test sets; what reaches it is written down. */
export class TaskService {
  readonly said: { method: string; params: JsonObject; options: RequestOptions }[] = [];
  readonly status = new Map<string, string>();
  /** What tasks/result does. */
  result: (id: string, options: RequestOptions) => Promise<JsonObject> = (id) =>
    Promise.resolve({ content: [{ type: 'text', text: `done ${id}` }], _meta: { [RELATED]: { taskId: id } } });
  readonly upstream: Upstream;
  #last = 0;

  constructor(identity: string) {
    this.upstream = fakeUpstream(identity, (method, params, options) => {
      this.said.push({ method, params, options });
      return this.#answer(method, params, options);
    });
  }

  task(id: string): JsonObject {
    const at = '2026-01-01T00:00:00Z';
    return { taskId: id, status: this.status.get(id), ttl: 60_000, createdAt: at, lastUpdatedAt: at, pollInterval: 5 };
  }

  #answer(method: string, params: JsonObject, options: RequestOptions): Promise<JsonObject> {
    if (method === 'tools/call') return Promise.resolve(this.#call(params));
    const id = params.taskId as string;
    if (!this.status.has(id)) return Promise.reject(new RpcError(RPC.invalidParams, 'no such task'));
    if (method === 'tasks/result') return this.result(id, options);
    if (method === 'tasks/cancel') this.status.set(id, 'cancelled');
    return Promise.resolve(this.task(id));
  }

  #call(params: JsonObject): JsonObject {
    if (params.task === undefined) return { content: [] };
    const id = String(++this.#last);
    this.status.set(id, 'working');
    return { task: this.task(id), _meta: { [RELATED]: { taskId: id } } };
  }
}
