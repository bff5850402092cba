import { API_VERSION } from '../types.ts';
import { metadataSchema } from './metadata.ts';
import { policySchema } from './policy.ts';
import { sourceSchema } from './source.ts';
import { specSchema } from './spec.ts';
import { toolsetSchema } from './toolset.ts';

/** A `kind: MCPService` document. */
export const serviceSchema = {
  type: 'object',
  title: 'MCP service',
  description: 'One MCP server that the runtime runs or reaches, and serves.',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: API_VERSION, title: 'API version', description: 'Always clarity.runtime/v1.' },
    kind: { const: 'MCPService', title: 'Kind', description: 'What the document is: an MCPService.' },
    metadata: metadataSchema,
    spec: specSchema,
  },
} as const;

/** The whole schema of what a person may write; schemas/mcp-service-v1.schema.json is generated from it. */
export const manifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Clarity Runtime manifest',
  description: 'A document of services.d: kind decides which fields there are.',
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [serviceSchema, policySchema, toolsetSchema, sourceSchema],
} as const;
