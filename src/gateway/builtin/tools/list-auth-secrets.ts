import type { JsonObject } from '../../../shared/json.ts';
import { COUNT, input, OBJECTS, output } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const listAuthSecrets = defineTool({
  name: 'runtime__list_auth_secrets',
  title: 'List stored secrets',
  description: 'The references of the secrets that are stored as files; never the secrets themselves.',
  inputSchema: input(),
  outputSchema: output({ count: COUNT, items: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: async (_args, { secrets }) => {
    const items = await secrets.list();
    return { json: { count: items.length, items: items as unknown as readonly JsonObject[] } };
  },
});
