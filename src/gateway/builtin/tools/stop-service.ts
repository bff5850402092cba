import { input, output, SERVICE_ID, SUM } from '../schemas.ts';
import { sumOf } from '../service-sum.ts';
import { settled } from '../settle.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const stopService = defineTool<{ service_id: string }>({
  name: 'runtime__stop_service',
  title: 'Stop a service',
  description:
    'Clears enabled in the manifest of a service, then waits until it has stopped. Its tools are gone until it is started.',
  inputSchema: input({ service_id: SERVICE_ID }, ['service_id']),
  outputSchema: output({ service: SUM }),
  annotations: ANNOTATIONS.destructive,
  run: async ({ service_id }, deps, call) => {
    const { view, why } = await settled(deps, call, await deps.runtime.command(service_id, 'stop'));
    return { json: { service: sumOf(view, deps.present) }, ...(why === undefined ? {} : { note: why }) };
  },
});
