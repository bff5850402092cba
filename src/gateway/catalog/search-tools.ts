import type { JsonObject } from '../../shared/json.ts';
import type { Row } from './exposed-list.ts';

/** The names of the two tools that a toolset of mode search lists. */
export const SEARCH_TOOLS = 'search_tools';
export const CALL_TOOL = 'call_tool';

/** Tools of one answer. */
export const SEARCH_LIMITS = { usual: 8, most: 50 } as const;

/** Namespaces that the description names. */
const MAX_NAMED = 20;

/** The rows that a toolset of mode search lists; `namespaces`: of the services whose tools it finds. */
export function searchRows(namespaces: readonly string[]): readonly Row[] {
  const definitions = { [SEARCH_TOOLS]: searchDefinition(namespaces), [CALL_TOOL]: CALL_DEFINITION };
  return Object.entries(definitions).map(([key, definition]) => {
    // No service has them: tools/call answers them itself.
    return { key, json: JSON.stringify(definition), route: { identity: '', upstreamKey: key } };
  });
}

function searchDefinition(namespaces: readonly string[]): JsonObject {
  const more = namespaces.length > MAX_NAMED ? ` and ${String(namespaces.length - MAX_NAMED)} more` : '';
  const of = namespaces.length === 0 ? 'nothing now' : `${namespaces.slice(0, MAX_NAMED).join(', ')}${more}`;
  return {
    name: SEARCH_TOOLS,
    title: 'Search tools',
    description: `Finds tools by words of their names and descriptions, the best first, each with its definition. Call what you found with ${CALL_TOOL}. There are tools of: ${of}.`,
    inputSchema: {
      type: 'object',
      properties: {
        query: { type: 'string', description: 'What the tool should do, in a few words.' },
        limit: {
          type: 'integer',
          minimum: 1,
          maximum: SEARCH_LIMITS.most,
          default: SEARCH_LIMITS.usual,
          description: 'Tools to answer with at most.',
        },
      },
      required: ['query'],
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
}

const CALL_DEFINITION: JsonObject = {
  name: CALL_TOOL,
  title: 'Call a tool',
  description: `Calls a tool that ${SEARCH_TOOLS} found, and answers what the tool answers.`,
  inputSchema: {
    type: 'object',
    properties: {
      name: { type: 'string', description: `The name as ${SEARCH_TOOLS} gave it.` },
      arguments: { type: 'object', description: 'What the inputSchema of that tool asks for.' },
    },
    required: ['name'],
  },
};
