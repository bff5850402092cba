import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

/** A server of documents that signs what it answers, links to its first one from a tool and a prompt, and completes with what it was asked. */
export function documentServer(
  signature: string,
  uris: readonly string[],
  templates: readonly string[] = [],
): McpServer {
  const capabilities = { tools: {}, resources: {}, prompts: {}, completions: {} };
  const mcp = new McpServer({ name: signature, version: '1' }, { capabilities });
  const { server } = mcp;
  const first = uris[0] ?? 'none:';
  const link = { type: 'resource_link' as const, name: 'link', uri: first };
  const embedded = { type: 'resource' as const, resource: { uri: first, text: signature } };
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [{ name: 'link', inputSchema: { type: 'object' as const } }],
  }));
  server.setRequestHandler(CallToolRequestSchema, () => ({ content: [link, embedded] }));
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: uris.map((uri) => ({ name: uri, uri })),
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: templates.map((uriTemplate) => ({ name: uriTemplate, uriTemplate })),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => ({
    contents: [{ uri, text: `${signature} ${uri}` }],
  }));
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [{ name: 'ask' }] }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => ({
    description: `${signature} ${JSON.stringify(params.arguments ?? {})}`,
    messages: [{ role: 'user' as const, content: embedded }],
  }));
  server.setRequestHandler(CompleteRequestSchema, ({ params: { ref, argument } }) => ({
    completion: { values: [signature, ref.type === 'ref/prompt' ? ref.name : ref.uri, argument.value] },
  }));
  return mcp;
}
