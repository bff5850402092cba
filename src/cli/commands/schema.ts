import { EXIT } from '../cli-error.ts';
import { printData } from '../command-context.ts';
import { defineCommand } from '../command.ts';

export const schemaCommand = defineCommand({
  name: 'schema',
  group: 'setup',
  summary: 'Print the JSON schema of manifests',
  details: 'For editors and checks of your own; the same text as GET /schemas/mcp-service-v1.schema.json.',
  examples: ['clarityctl schema > mcp-service-v1.schema.json', 'clarityctl schema -o yaml'],
  formats: ['json', 'yaml'],
  async run(context) {
    const { manifestSchema } = await import('../../manifest/index.ts');
    printData(context, manifestSchema);
    return EXIT.ok;
  },
});
