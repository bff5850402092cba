import { input, output, SERVICE_ID, SUM } from '../schemas.ts';
import { sumOf } from '../service-sum.ts';
import { settled } from '../settle.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const unquarantineService = defineTool<{ service_id: string }>({
  name: 'runtime__unquarantine_service',
  title: 'Release a service from quarantine',
  description:
    'Lets a service that failed too often try again, then waits until it is ready or cannot be. Mend the cause first: runtime__get_service tells it.',
  inputSchema: input({ service_id: SERVICE_ID }, ['service_id']),
  outputSchema: output({ service: SUM }),
  annotations: ANNOTATIONS.writing,
  run: async ({ service_id }, deps, call) => {
    const { view, why } = await settled(deps, call, await deps.runtime.command(service_id, 'unquarantine'));
    return { json: { service: sumOf(view, deps.present) }, ...(why === undefined ? {} : { note: why }) };
  },
});
