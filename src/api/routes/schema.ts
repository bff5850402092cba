import type { FastifyInstance } from 'fastify';
import { manifestSchema } from '../../manifest/index.ts';
import { noQuery } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';

/** The schema that editors hover over. */
export function schemaRoutes(app: FastifyInstance, _context: RouteContext): void {
  app.get(
    '/schemas/mcp-service-v1.schema.json',
    { schema: { querystring: noQuery }, config: { summary: 'The JSON Schema of a manifest.', answer: 'JSON Schema' } },
    () => manifestSchema,
  );
}
