import type { JsonObject } from '../../../shared/json.ts';

const READ_ONLY = { readOnlyHint: true, openWorldHint: false };
const text = { type: 'string' };

/** The two tools that every local service has beside its functions (original contract §2). */
export const SERVICE_TOOLS: readonly JsonObject[] = [
  {
    name: 'describe_service',
    description: 'Tells what this service is made of and how it does: its source, its module, calls and failures.',
    inputSchema: { type: 'object', properties: {}, additionalProperties: false },
    outputSchema: {
      type: 'object',
      properties: {
        serviceId: text,
        module: text,
        sourceFile: text,
        wasmPath: text,
        entry: text,
        runtime: {
          type: 'object',
          properties: {
            lifecycle: text,
            health: text,
            uptimeSeconds: { type: 'integer' },
            calls: { type: 'integer' },
            failures: { type: 'integer' },
            running: { type: 'integer' },
            queued: { type: 'integer' },
          },
          required: ['lifecycle', 'health', 'uptimeSeconds', 'calls', 'failures', 'running', 'queued'],
        },
      },
      required: ['serviceId', 'module', 'sourceFile', 'wasmPath', 'entry', 'runtime'],
    },
    annotations: READ_ONLY,
  },
  {
    name: 'health_check',
    description: 'Says whether this service is healthy.',
    inputSchema: {
      type: 'object',
      properties: { verbose: { type: 'boolean', description: 'Accepted, without effect.' } },
      additionalProperties: false,
    },
    annotations: READ_ONLY,
  },
];
