import type { FastifyInstance } from 'fastify';
import { manifestSchema } from '../../manifest/index.ts';
import type { JsonObject } from '../../shared/json.ts';
import { openApi } from '../openapi.ts';
import { noQuery } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';

/** The schema that editors hover over, and the API in the words of its generators. */
export function schemaRoutes(app: FastifyInstance, { routes, daemon }: RouteContext): void {
  app.get(
    '/schemas/mcp-service-v1.schema.json',
    {
      schema: { querystring: noQuery },
      config: { summary: 'The JSON Schema of a manifest.', answer: 'a JSON Schema' },
    },
    () => manifestSchema,
  );

  let document: JsonObject | undefined;
  app.get(
    '/openapi.json',
    {
      schema: { querystring: noQuery },
      config: { summary: 'This API as an OpenAPI 3.1 document.', answer: 'an OpenAPI document' },
    },
    () => (document ??= openApi(routes.entries, daemon.version)),
  );
}
