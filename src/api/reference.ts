import type { JsonObject } from '../shared/json.ts';
import type { RequestSchema } from '../wire/requests.ts';
import { isOpen } from './doors.ts';
import type { RouteEntry } from './route-table.ts';

const HEAD = `# The HTTP API

Generated from the routes; a test keeps it so. The shapes named here stand at the end.

- A body is JSON (\`content-type: application/json\`); an empty one counts as \`{}\`. Unknown fields and queries are refused.
- Answers are JSON, pretty printed. Times are ISO 8601 in UTC. \`:id\` is a service's name or its service id.
- A refusal is an \`ErrorResponse\` with the status of its code: see errors.md. Plain values of \`env\` and \`headers\` are masked.
- With a token set, every route but those marked *open* asks for it: \`Authorization: Bearer T\` or \`x-clarity-token: T\`.
  \`GET /api/events\` also takes \`?token=\` from this machine. Without a token only this machine is answered.
- HEAD is answered wherever GET is. What is marked *pending* comes with the agents: until then it is 501.
`;

/** docs/reference/api.md: a table of the routes, then each route's parameters, then the shapes (the text of wire/). */
export function renderReference(routes: readonly RouteEntry[], shapes: readonly string[]): string {
  const shown = routes
    .filter(({ method }) => method !== 'HEAD')
    .sort((a, b) => (a.url < b.url ? -1 : a.url > b.url ? 1 : 0));
  const rows = shown.map(
    ({ method, url, summary, answer, pending }) =>
      `| ${method} | \`${url}\`${isOpen(url) ? ' *open*' : ''}${pending ? ' *pending*' : ''} | ${summary} | \`${answer}\` |`,
  );
  const parameters = shown.filter((route) => [route.query, route.body].some(hasFields)).map(renderParameters);
  return [
    HEAD,
    ['## Routes', '', '| method | path | what | answer |', '|---|---|---|---|', ...rows, ''].join('\n'),
    ['## Parameters', '', ...parameters].join('\n'),
    ['## Shapes', '', '```ts', shapes.map(declarations).join('\n\n'), '```', ''].join('\n'),
  ].join('\n');
}

function hasFields(schema: RequestSchema | undefined): boolean {
  return schema !== undefined && Object.keys(schema.properties).length > 0;
}

function renderParameters({ method, url, query, body }: RouteEntry): string {
  const rows = [...renderFields('query', query), ...renderFields('body', body)];
  return [`### ${method} ${url}`, '', '| in | name | type | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function renderFields(where: string, schema: RequestSchema | undefined): string[] {
  return Object.entries(schema?.properties ?? {}).map(([name, field]) => {
    const needed = schema?.required?.includes(name) === true ? ' (required)' : '';
    return `| ${where} | ${name}${needed} | ${typeOf(field)} | ${typeof field.description === 'string' ? field.description : ''} |`;
  });
}

function typeOf({ enum: values, anyOf, type }: JsonObject): string {
  if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(', ');
  return Array.isArray(anyOf) ? anyOf.map((each) => typeOf(each as JsonObject)).join(' or ') : (type as string);
}

/** A source file of wire/ without its imports. */
function declarations(source: string): string {
  return source.replace(/^import [^;]*;\n/gm, '').trim();
}
