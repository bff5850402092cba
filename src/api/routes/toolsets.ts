import type { FastifyInstance } from 'fastify';
import type { Items, RemovePolicyAnswer, ToolsetAnswer } from '../../wire/answers.ts';
import { forceBody, noQuery, toolsetParams, type ForceBody, type NameParams } from '../../wire/requests.ts';
import type { ToolsetItem } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { presentToolset, presentToolsetRecord } from '../present-toolset.ts';

/** `kind: Toolset` documents. */
export function toolsetRoutes(app: FastifyInstance, { runtime }: RouteContext): void {
  app.get(
    '/api/toolsets',
    {
      schema: { querystring: noQuery },
      config: { summary: 'The toolsets and what their clients get.', answer: 'Items<ToolsetItem>' },
    },
    (): Items<ToolsetItem> => ({ items: runtime.toolsets().map(presentToolset) }),
  );

  app.get<{ Params: NameParams }>(
    '/api/toolsets/:name',
    {
      schema: { params: toolsetParams, querystring: noQuery },
      config: { summary: 'One toolset with its tools.', answer: 'ToolsetAnswer' },
    },
    ({ params }): ToolsetAnswer => ({ toolset: presentToolsetRecord(runtime.toolset(params.name)) }),
  );

  app.delete<{ Params: NameParams; Body: ForceBody }>(
    '/api/toolsets/:name',
    {
      schema: { params: toolsetParams, querystring: noQuery, body: forceBody },
      config: { summary: 'Deletes the toolset’s document.', answer: 'RemovePolicyAnswer' },
    },
    async ({ params, body }): Promise<RemovePolicyAnswer> => {
      const { file } = await runtime.removeToolset(params.name, { force: body.force ?? false });
      return { removed: true, name: params.name, file };
    },
  );
}
