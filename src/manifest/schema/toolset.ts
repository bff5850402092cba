import { API_VERSION } from '../types.ts';
import { annotations, labels, nameField, texts } from './shapes.ts';

/** A `kind: Toolset` document. */
export const toolsetSchema = {
  type: 'object',
  title: 'Toolset',
  description: 'A choice of tools of several services, served at /mcp/t/<name>.',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: API_VERSION, title: 'API version', description: 'Always clarity.runtime/v1.' },
    kind: { const: 'Toolset', title: 'Kind', description: 'What the document is: a Toolset.' },
    metadata: {
      type: 'object',
      title: 'Metadata',
      description: 'Who the toolset is; the name is the last part of its address.',
      additionalProperties: false,
      required: ['name'],
      properties: { name: nameField, labels, annotations },
    },
    spec: {
      type: 'object',
      title: 'Spec',
      description: 'Which tools it shows, and how.',
      additionalProperties: false,
      properties: {
        services: {
          ...texts,
          minItems: 1,
          title: 'Services',
          description:
            'Whose tools: names of services, or label selectors (k=v, k!=v, k, !k, joined by commas; a lone k is written "k,"). Absent: those of all.',
          examples: [['files', 'team=docs,stage!=test']],
        },
        tools: {
          type: 'object',
          title: 'Tools',
          description: 'Which tools of these services, and under which names. Names are those that /mcp lists.',
          default: {},
          additionalProperties: false,
          properties: {
            allow: {
              ...texts,
              title: 'Allowed tools',
              description: 'Globs on the names that /mcp lists (* any run, ? one character). Absent: all.',
              examples: [['files__read_*', '*__search']],
            },
            deny: {
              ...texts,
              title: 'Denied tools',
              description: 'Globs on the names that /mcp lists; deny wins over allow.',
              examples: [['*__delete_*']],
            },
            rename: {
              type: 'object',
              additionalProperties: {
                type: 'string',
                pattern: '^[A-Za-z0-9_.-]{1,64}$',
                title: 'New name',
                description: 'The whole name in this toolset: 1 to 64 letters, digits, _, . and -.',
              },
              title: 'Rename',
              description: 'The name that /mcp lists to the whole name in this toolset.',
              examples: [{ files__read_text_file: 'read' }],
            },
          },
        },
        mode: {
          type: 'string',
          enum: ['list', 'search'],
          title: 'Mode',
          description: 'list shows the tools; search shows search_tools and call_tool, which find and call them.',
          default: 'list',
        },
      },
    },
  },
} as const;
