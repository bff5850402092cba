import { input, output, SERVICE_ID, SUM } from '../schemas.ts';
import { sumOf } from '../service-sum.ts';
import { settled } from '../settle.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const startService = defineTool<{ service_id: string }>({
  name: 'runtime__start_service',
  title: 'Start a service',
  description: 'Sets enabled and autostart in the manifest of a service, then waits until it is ready or cannot be.',
  inputSchema: input({ service_id: SERVICE_ID }, ['service_id']),
  outputSchema: output({ service: SUM }),
  annotations: ANNOTATIONS.writing,
  run: async ({ service_id }, deps, call) => {
    const { view, why } = await settled(deps, call, await deps.runtime.command(service_id, 'start'));
    return { json: { service: sumOf(view, deps.present) }, ...(why === undefined ? {} : { note: why }) };
  },
});
