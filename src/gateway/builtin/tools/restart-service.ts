import { input, output, SERVICE_ID, SUM } from '../schemas.ts';
import { sumOf } from '../service-sum.ts';
import { settled } from '../settle.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const restartService = defineTool<{ service_id: string }>({
  name: 'runtime__restart_service',
  title: 'Restart a service',
  description: 'Replaces the running instance of a service, then waits until the new one is ready.',
  inputSchema: input({ service_id: SERVICE_ID }, ['service_id']),
  outputSchema: output({ service: SUM }),
  annotations: { ...ANNOTATIONS.destructive, idempotentHint: false },
  run: async ({ service_id }, deps, call) => {
    const { view, why } = await settled(deps, call, await deps.runtime.command(service_id, 'restart'));
    return { json: { service: sumOf(view, deps.present) }, ...(why === undefined ? {} : { note: why }) };
  },
});
