import { input, limit, output, SERVICE_ID, TEXT, TEXTS } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const getLogs = defineTool<{ service_id: string; limit: number }>({
  name: 'runtime__get_logs',
  title: 'Output of a service',
  description: 'The last lines that a service wrote, oldest first, each with its time.',
  inputSchema: input({ service_id: SERVICE_ID, limit: limit(200, 'lines') }, ['service_id']),
  outputSchema: output({ service_id: TEXT, lines: TEXTS }),
  annotations: ANNOTATIONS.reading,
  run: async ({ service_id, limit: most }, { runtime }) => {
    const { serviceId } = runtime.get(service_id).desired.manifest.metadata;
    const lines = (await runtime.logs(service_id, most)).map(({ at, text }) => `[${at}] ${text}`);
    return { json: { service_id: serviceId, lines } };
  },
});
