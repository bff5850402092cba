import { expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/shared/json.ts';
import { liveDaemon } from './live-daemon.ts';
import { ORIGINAL_TOOLS } from './original-tools.ts';
import { PENDING } from './pending.ts';
import { WAITING_FOR } from './waiting-for.ts';

const ask = liveDaemon();
const waits = WAITING_FOR.tools.length > 0;

async function call(method: string, params: JsonObject): Promise<JsonObject> {
  const response = await ask('POST', '/mcp', { body: { jsonrpc: '2.0', id: 1, method, params } });
  return (await response.json()) as JsonObject;
}

async function listed(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { result } = (await call('tools/list', {})) as { result: { tools: JsonObject[] } };
  return new Map(result.tools.map((tool) => [tool.name as string, argumentsOf(tool)]));
}

/** Names, with `*` where one is required. */
function argumentsOf({ inputSchema }: JsonObject): readonly string[] {
  if (!isJsonObject(inputSchema)) return [];
  const { properties, required } = inputSchema;
  const needed = Array.isArray(required) ? required : [];
  return Object.keys(isJsonObject(properties) ? properties : {}).map((name) =>
    needed.includes(name) ? `${name}*` : name,
  );
}

it('there are 29, and what is pending is among them', () => {
  expect(Object.keys(ORIGINAL_TOOLS)).toHaveLength(29);
  expect(PENDING.tools.filter((name) => !(name in ORIGINAL_TOOLS))).toEqual([]);
});

it('each is listed with at least the arguments that it had', async () => {
  const found = await listed();
  const absent = Object.entries(ORIGINAL_TOOLS).flatMap(([name, wanted]) =>
    wanted.length === 0 && found.has(name)
      ? []
      : wanted.filter((argument) => found.get(name)?.includes(argument) !== true).map((each) => `${name} ${each}`),
  );
  const unlisted = Object.keys(ORIGINAL_TOOLS).filter((name) => !found.has(name));
  expect(unlisted).toEqual(waits ? Object.keys(ORIGINAL_TOOLS) : []);
  if (!waits) expect(absent).toEqual([]);
});

it.runIf(!waits).each(Object.keys(ORIGINAL_TOOLS))('%s is served, or said to be pending', async (name) => {
  const { error } = await call('tools/call', { name, arguments: {} });
  const code = isJsonObject(error) ? error.code : undefined;
  expect(code === -32_004).toBe(PENDING.tools.includes(name));
  expect(code).not.toBe(-32_601);
});
