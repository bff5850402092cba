// A real upstream on the SDK: argv[2] tools beside `echo`, stateless Streamable HTTP with JSON answers; prints its URL.
import http from 'node:http';

import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const count = Number(process.argv[2] ?? 10);
const tools = Array.from({ length: count }, (_, i) => ({
  name: i === 0 ? 'echo' : `tool_${i}`,
  description: `Tool number ${i} of a long list, with a description of ordinary length for a model to read.`,
  inputSchema: {
    type: 'object',
    properties: { message: { type: 'string', description: 'What to say' }, times: { type: 'integer', minimum: 1 } },
    required: ['message'],
  },
}));

async function answer(request, response, body) {
  const server = new Server({ name: 'bench', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
    content: [{ type: 'text', text: String(params.arguments?.message ?? '') }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  response.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, body);
}

const listener = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on(
    'end',
    () =>
      void answer(
        request,
        response,
        chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8')),
      ),
  );
});
listener.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${listener.address().port}/mcp`));
