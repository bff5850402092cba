import type { JsonObject } from '../../../shared/json.ts';
import { BOOLEAN, input, OBJECTS, output, TEXT } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const authProviderHealth = defineTool({
  name: 'runtime__auth_provider_health',
  title: 'Where secrets can come from',
  description: 'The providers that a reference to a secret may name, and the folder of secret files.',
  inputSchema: input(),
  outputSchema: output({ providers: OBJECTS, fileRoot: TEXT, fileRootExists: BOOLEAN }),
  annotations: ANNOTATIONS.reading,
  run: async (_args, { secrets }) => ({ json: { ...(await secrets.providers()) } as unknown as JsonObject }),
});
