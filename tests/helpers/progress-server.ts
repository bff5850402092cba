import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

/** A server whose tool `steps` reports `arguments.steps` times and then answers; `hang` answers when it is cancelled. */
export class ProgressServer {
  readonly mcp = new McpServer({ name: 'progress', version: '1' }, { capabilities: { tools: {} } });
  /** Calls of `hang` that began, and those that were cancelled. */
  readonly hanging: string[] = [];
  readonly cancelled: string[] = [];

  constructor() {
    const inputSchema = { type: 'object' as const };
    const tools = ['steps', 'hang', 'fail'].map((name) => ({ name, inputSchema }));
    const { server } = this.mcp;
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification, signal }) => {
      const label = params.arguments?.label as string;
      if (params.name === 'fail') throw Object.assign(new Error('refused'), { code: -32042, data: { url: 'x' } });
      if (params.name === 'hang') return this.#hang(label, signal);
      const progressToken = params._meta?.progressToken ?? 0;
      const total = Number(params.arguments?.steps);
      for (let progress = 1; progress <= total; progress++)
        await sendNotification({
          method: 'notifications/progress',
          params: { progressToken, progress, total, message: label },
        });
      return { content: [{ type: 'text' as const, text: label }] };
    });
  }

  #hang(label: string, signal: AbortSignal): Promise<{ content: [] }> {
    this.hanging.push(label);
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        this.cancelled.push(label);
        resolve({ content: [] });
      });
    });
  }
}
