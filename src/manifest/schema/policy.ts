import { API_VERSION } from '../types.ts';
import { annotations, labels, nameField, NON_BLANK, texts, TIMER_MAX_MS, toolGlobs } from './shapes.ts';

/** A `kind: Policy` document. */
export const policySchema = {
  type: 'object',
  title: 'Policy',
  description: 'Rules that services share by policyRef.',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: API_VERSION, title: 'API version', description: 'Always clarity.runtime/v1.' },
    kind: { const: 'Policy', title: 'Kind', description: 'What the document is: a Policy.' },
    metadata: {
      type: 'object',
      title: 'Metadata',
      description: 'Who the policy is.',
      additionalProperties: false,
      required: ['name'],
      properties: { name: nameField, labels, annotations },
    },
    spec: {
      type: 'object',
      title: 'Spec',
      description: 'The rules. What is absent does not limit.',
      additionalProperties: false,
      properties: {
        tools: {
          type: 'object',
          title: 'Tools',
          description: 'Which tools of the services may be listed and called.',
          additionalProperties: false,
          properties: toolGlobs,
        },
        hosts: {
          ...texts,
          title: 'Hosts',
          description: 'Hosts that a remote endpoint may name; absent: any.',
          examples: [['mcp.example.com']],
        },
        timeoutMs: {
          type: 'integer',
          minimum: 1,
          maximum: TIMER_MAX_MS,
          title: 'Timeout',
          description: 'Milliseconds of one call, where the manifest names none.',
        },
        maxPayloadBytes: {
          type: 'integer',
          minimum: 1,
          title: 'Largest message',
          description: 'Largest message in bytes, where the manifest names none.',
        },
        maxConcurrency: {
          type: 'integer',
          minimum: 1,
          title: 'Concurrency',
          description: 'Calls at one time, where the manifest names none.',
        },
        rateLimit: {
          type: 'object',
          title: 'Rate limit',
          description: 'How often tools may be called.',
          additionalProperties: false,
          required: ['callsPerMinute'],
          properties: {
            callsPerMinute: {
              type: 'integer',
              minimum: 1,
              title: 'Calls per minute',
              description: 'Calls in a minute.',
            },
          },
        },
        budgets: {
          type: 'object',
          title: 'Budgets',
          description: 'What one run may spend.',
          additionalProperties: false,
          properties: {
            toolCalls: { type: 'integer', minimum: 0, title: 'Tool calls', description: 'Tool calls of a run.' },
            tokens: { type: 'integer', minimum: 0, title: 'Tokens', description: 'Model tokens of a run.' },
            costUsd: { type: 'number', minimum: 0, title: 'Cost', description: 'US dollars of a run.' },
          },
        },
        approval: {
          type: 'object',
          title: 'Approval',
          description: 'Calls that a person must allow.',
          additionalProperties: false,
          required: ['required'],
          properties: {
            required: {
              type: 'array',
              items: { type: 'string', pattern: NON_BLANK },
              title: 'Required for',
              description: 'Globs on tool names that need an approval.',
            },
          },
        },
      },
    },
  },
} as const;
