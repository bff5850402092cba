import { withDeadline } from '../../../shared/abort.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { input, OBJECT, output, SERVICE_ID, TEXT } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const refreshInterface = defineTool<{ service_id: string }>({
  name: 'runtime__refresh_interface',
  title: 'Read the interface of a service anew',
  description: 'Asks a running service for its tools, resources and prompts again, and answers them.',
  inputSchema: input({ service_id: SERVICE_ID }, ['service_id']),
  outputSchema: output({ service_id: TEXT, interface: OBJECT }),
  annotations: ANNOTATIONS.writing,
  run: async ({ service_id }, { runtime, present, clock }, { signal }) => {
    const { metadata, spec } = runtime.get(service_id).desired.manifest;
    const snapshot = await withDeadline(clock, 'reading the interface', spec.startTimeoutMs, signal, (inner) =>
      runtime.introspect(service_id, inner),
    );
    const answered = present.snapshot(snapshot) as unknown as JsonObject;
    return { json: { service_id: metadata.serviceId, interface: answered } };
  },
});
