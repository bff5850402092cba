import { manifestSchema } from '../../manifest/index.ts';
import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { renderData } from '../output/format.ts';

export const schemaCommand = defineCommand({
  name: 'schema',
  group: 'setup',
  summary: 'Print the JSON schema of manifests',
  details: 'For editors and checks of your own; the same text as GET /schemas/mcp-service-v1.schema.json.',
  examples: ['clarityctl schema > mcp-service-v1.schema.json', 'clarityctl schema -o yaml'],
  formats: ['json', 'yaml'],
  run(context) {
    context.print(renderData(manifestSchema, context.format === 'yaml' ? 'yaml' : 'json'));
    return Promise.resolve(EXIT.ok);
  },
});
