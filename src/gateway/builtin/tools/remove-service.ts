import { removal } from '../provisioning/removal.ts';
import { BOOLEAN, flag, input, outputOrProposal, SERVICE_ID, TEXT } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const removeService = defineTool<{ service_id: string; cleanup_artifacts: boolean }>({
  name: 'runtime__remove_service',
  title: 'Remove a service',
  description:
    'Deletes the manifest of a service that a tool wrote, then waits until the service is gone. What a person wrote by hand is refused.',
  inputSchema: input(
    {
      service_id: SERVICE_ID,
      cleanup_artifacts: flag(false, 'Also delete what only this service used of the cache of compiled modules.'),
    },
    ['service_id'],
  ),
  outputSchema: outputOrProposal({ removed: BOOLEAN, artifactRemoved: BOOLEAN, serviceId: TEXT }),
  annotations: ANNOTATIONS.destructive,
  run: ({ service_id, cleanup_artifacts }, deps, call) =>
    removal(deps, call, { tool: 'runtime__remove_service', id: service_id, cleanUp: cleanup_artifacts }),
});
