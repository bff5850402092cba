import { agentSchema } from './agent.ts';
import { annotations, labels, nameField, NON_BLANK } from './shapes.ts';

/** What the original stores without looking at it (original contract §4). */
const unchecked = ['string', 'number', 'boolean', 'object', 'array', 'null'] as const;

/** `metadata` of an MCPService. */
export const metadataSchema = {
  type: 'object',
  title: 'Metadata',
  description: 'Who the service is. A name is enough; the rest has defaults.',
  additionalProperties: false,
  if: { type: 'object', required: ['serviceType'], properties: { serviceType: { const: 'agent' } } },
  then: { type: 'object', required: ['agent'] },
  properties: {
    name: nameField,
    module: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Module',
      description:
        'Decides the namespace of the tools. By default the name, or the base name of sourceFile or endpoint.',
      examples: ['Files'],
    },
    labels,
    annotations,
    displayName: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Display name',
      description: 'What people see, 1 to 80 characters (longer ones are cut). By default the name.',
      examples: ['Project files'],
    },
    sourceFile: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Source file',
      description:
        'Path or label of what the service is made of; *.clarity on a local_wasm service is compiled. By default the endpoint, command or wasmPath.',
      examples: ['src/main.clarity'],
    },
    serviceType: {
      type: 'string',
      enum: ['mcp', 'agent'],
      title: 'Service type',
      description: 'mcp serves tools; agent also has a descriptor in metadata.agent.',
      default: 'mcp',
    },
    serviceId: {
      type: 'string',
      pattern: NON_BLANK,
      title: 'Service id',
      description: 'Kept as given. By default svc_ and 12 hex digits, derived from sourceFile, module and origin.',
      examples: ['svc_0123456789ab'],
    },
    agent: agentSchema,
    version: { type: unchecked, title: 'Version', description: 'Version of the service, for people; not used.' },
    workspaceRoot: {
      type: unchecked,
      title: 'Workspace root',
      description: 'Accepted from original manifests; not used.',
    },
    artifactSha256: {
      type: unchecked,
      title: 'Artifact hash',
      description: 'SHA-256 of the wasm artifact, verified before the service starts.',
    },
    createdAt: { type: unchecked, title: 'Created at', description: 'Accepted from original manifests; not used.' },
    updatedAt: { type: unchecked, title: 'Updated at', description: 'Accepted from original manifests; not used.' },
  },
} as const;
