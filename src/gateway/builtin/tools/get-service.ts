import type { JsonObject } from '../../../shared/json.ts';
import { input, OBJECT, output, SERVICE_ID } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const getService = defineTool<{ service_id: string }>({
  name: 'runtime__get_service',
  title: 'One service whole',
  description: 'Manifest, state, conditions and interface of one service: why it is as it is. Secrets are masked.',
  inputSchema: input({ service_id: SERVICE_ID }, ['service_id']),
  outputSchema: output({ service: OBJECT }),
  annotations: ANNOTATIONS.reading,
  run: ({ service_id }, { runtime, present }) => ({
    json: { service: present.record(runtime.get(service_id)) as unknown as JsonObject },
  }),
});
