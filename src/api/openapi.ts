import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../shared/json.ts';
import type { RequestSchema } from '../wire/requests.ts';
import { isOpen } from './doors.ts';
import type { RouteEntry } from './route-table.ts';

/** What answers look like by name; generated from wire/, and a test keeps it so. The same path from src and from dist. */
const SHAPES = new URL('../../schemas/api-v1.schema.json', import.meta.url);

/** Answers whose words name a media type; every other one is JSON. */
const MEDIA: Readonly<Record<string, string>> = {
  HTML: 'text/html',
  'image/png': 'image/png',
  'image/svg+xml': 'image/svg+xml',
  'Prometheus text': 'text/plain',
  'Server-sent events': 'text/event-stream',
};

/** The API as an OpenAPI 3.1 document: the routes as they check requests, the answers in the shapes of wire/. */
export function openApi(routes: readonly RouteEntry[], version: string): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes)
    if (route.method !== 'HEAD' && route.summary !== '')
      (paths[templateOf(route.url)] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clarity Runtime',
      version,
      description: 'The API of clarityd. Unknown fields and queries are refused; times are ISO 8601 in UTC.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: JSON.parse(readFileSync(SHAPES, 'utf8')) as JsonObject,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        header: { type: 'apiKey', in: 'header', name: 'x-clarity-token' },
      },
    },
  };
}

function operation(route: RouteEntry): JsonObject {
  const parameters = [...parametersOf('path', route.params, route.url), ...parametersOf('query', route.query)];
  const body = route.body !== undefined && Object.keys(route.body.properties).length > 0;
  return {
    operationId: operationId(route),
    summary: route.summary,
    // An empty choice is the one without a token, from this machine.
    security: isOpen(route.url) ? [] : [{ bearer: [] }, { header: [] }, {}],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { content: { 'application/json': { schema: route.body as unknown as Json } } } }),
    responses: {
      ...(route.pending
        ? { '501': { description: 'Not there yet.', content: contentOf(route.answer) } }
        : { '200': { description: route.answer, content: contentOf(route.answer) } }),
      default: {
        description: 'A refusal; its code is one of docs/reference/errors.md.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } },
      },
    },
  };
}

function contentOf(answer: string): JsonObject {
  const media = MEDIA[answer];
  if (media !== undefined) return { [media]: { schema: { type: 'string' } } };
  return { 'application/json': { schema: schemaOf(answer) } };
}

/** `ServiceAnswer` or `Items<ServiceItem>`; words that are no type stand for any JSON. */
function schemaOf(answer: string): JsonObject {
  const item = /^Items<(\w+)>$/.exec(answer)?.[1];
  if (item !== undefined)
    return {
      type: 'object',
      properties: { items: { type: 'array', items: { $ref: `#/components/schemas/${item}` } } },
      required: ['items'],
    };
  return /^[A-Z]\w+$/.test(answer) ? { $ref: `#/components/schemas/${answer}` } : {};
}

function parametersOf(where: 'path' | 'query', schema: RequestSchema | undefined, url = ''): JsonObject[] {
  const named: [string, JsonObject][] = Object.entries(schema?.properties ?? {});
  const inPath = [...url.matchAll(/:(\w+)/g)].map(([, name = '']): [string, JsonObject] => [name, { type: 'string' }]);
  return (named.length > 0 || where === 'query' ? named : inPath).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    ...(where === 'path' || schema?.required?.includes(name) ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

/** `GET /api/services/:id/logs` is getApiServicesIdLogs. */
function operationId({ method, url }: RouteEntry): string {
  const words = url.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return [method.toLowerCase(), ...words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)].join('');
}

function templateOf(url: string): string {
  return url.replace(/:(\w+)/g, '{$1}').replace('*', '{path}');
}
