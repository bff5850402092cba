import { Client as ClientOfV2, StreamableHTTPClientTransport as HttpOfV2 } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ListRootsRequestSchema, ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { stdioManifest } from '../helpers/manifests.ts';
import { postMcp } from '../helpers/mcp-client.ts';
import { ofServices } from '../helpers/of-services.ts';
import { realServers, type RealServer } from '../helpers/real-servers.ts';
import { sized } from '../helpers/size.ts';

/** The last two have tests of their own (four-services); every change runs the first three here. */
const NAMES = Object.keys(realServers('')).slice(0, sized(3, 5));
/** Its program looks for a package.json above the current folder, so it is run in its own. */
const INSPECTOR = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector-cli/package.json')),
  'build',
);

interface Tool {
  readonly name: string;
}

/** Five servers from npm, each once behind the gateway and once asked directly, by the same clients. */
describe('real servers behind one gateway', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  let gateway: Client;
  const direct = new Map<string, Client>();
  const folder = (side: 'direct' | 'gateway', name: string) => workspace.path(side, name);
  const server = (side: 'direct' | 'gateway', name: string) => realServers(folder(side, name))[name]!;

  beforeAll(async () => {
    workspace = await Workspace.create();
    for (const name of NAMES) {
      for (const side of ['direct', 'gateway']) await workspace.write(`${side}/${name}/hello.txt`, 'hello\n');
      await workspace.write(`services.d/${name}.yaml`, manifest(name, server('gateway', name)));
    }
    daemon = await workspace.daemon();
    const connected = NAMES.map(async (name) => {
      direct.set(name, await connectDirectly(server('direct', name)));
      await daemon.ctl('wait', name, '--for=ready', '--timeout', '25s');
    });
    await Promise.all(connected);
    gateway = new Client({ name: 'test', version: '1' });
    await gateway.connect(new StreamableHTTPClientTransport(new URL(daemon.mcp)));
  }, 60_000);

  afterAll(async () => {
    await Promise.all([gateway.close(), ...[...direct.values()].map((client) => client.close())]);
    await workspace.dispose();
  });

  describe.each(NAMES)('%s', (name) => {
    const listed = async () => toolsOf(await request(direct.get(name)!, 'tools/list'));

    it('has every definition byte-equal, but for the prefix of the aggregate', async () => {
      const tools = await listed();
      expect(tools.length).toBeGreaterThan(4);
      expect(await everyPage(`${daemon.mcp}/s/${name}`)).toContain(`"tools":${JSON.stringify(tools)}`);
      const all = await everyPage(daemon.mcp);
      for (const tool of tools) expect(all).toContain(JSON.stringify({ ...tool, name: `${name}__${tool.name}` }));
    });

    it('answers a call of every tool as it does directly', async () => {
      const outcomes = async (client: Client, side: 'direct' | 'gateway', prefix: string) => {
        const { calls } = server(side, name);
        const rest = (await listed()).filter((tool) => !calls.some(([called]) => called === tool.name));
        const made: Record<string, unknown> = {};
        for (const [tool, args] of [...calls, ...rest.map((tool) => [tool.name, {}] as const)])
          made[tool] = await outcomeOf(client, `${prefix}${tool}`, args);
        return made;
      };
      const [expected, relayed] = await Promise.all([
        outcomes(direct.get(name)!, 'direct', ''),
        outcomes(gateway, 'gateway', `${name}__`),
      ]);
      expect(relayed).toEqual(expected);
      const successes = server('direct', name).calls.map(([tool]) => [tool, 'answered']);
      expect(relayed).toMatchObject(Object.fromEntries(successes));
    });
  });

  describe('the Inspector CLI, an independent client', () => {
    const inspect = async (...args: string[]) => {
      const command = ['index.js', daemon.mcp, '--transport', 'http', ...args];
      const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: INSPECTOR });
      return JSON.parse(stdout) as Record<string, unknown>;
    };

    it('lists every tool', async () => {
      const { tools } = (await inspect('--method', 'tools/list')) as unknown as { tools: readonly Tool[] };
      const own = async (name: string) => toolsOf(await request(direct.get(name)!, 'tools/list'));
      const expected = await Promise.all(
        NAMES.map(async (name) => (await own(name)).map((tool) => `${name}__${tool.name}`)),
      );
      expect(
        ofServices(tools)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(expected.flat().sort());
    });

    it.each(NAMES.slice(0, sized(1, NAMES.length)))('calls a tool of %s', async (name) => {
      const [tool, args, answer] = server('gateway', name).plainCall;
      const given = Object.entries(args).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]);
      const called = await inspect('--method', 'tools/call', '--tool-name', `${name}__${tool}`, ...given);
      expect(JSON.stringify(called)).toContain(answer);
    });

    it('lists resources, templates and prompts', async () => {
      expect(await inspect('--method', 'resources/list')).toMatchObject({
        resources: expect.arrayContaining([expect.objectContaining({ uri: expect.any(String) })]),
      });
      expect(await inspect('--method', 'resources/templates/list')).toMatchObject({
        resourceTemplates: expect.any(Array),
      });
      const { prompts } = (await inspect('--method', 'prompts/list')) as { prompts: { name: string }[] };
      expect(prompts.map(({ name }) => name)).toContain('everything__simple-prompt');
    });
  });

  describe('a client that can be asked for everything', () => {
    const able = { sampling: {}, elicitation: { form: {}, url: {} }, roots: { listChanged: true } };
    const connect = async (transport: Transport) => {
      const client = new Client({ name: 'test', version: '1' }, { capabilities: able });
      client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///of/this/client' }] }));
      await client.connect(transport);
      return client;
    };

    it('is listed what the server has for such clients only, byte-equal, and calls it', async () => {
      const plain = await request(direct.get('everything')!, 'tools/list');
      const alone = await connect(transportTo(server('direct', 'everything')));
      const tools = toolsOf(await request(alone, 'tools/list'));
      const extra = tools.map(({ name }) => name).filter((name) => !toolsOf(plain).some((tool) => tool.name === name));
      expect(extra).toHaveLength(4);
      for (const [path, prefix] of [
        ['/s/everything', ''],
        ['', 'everything__'],
      ] as const) {
        const client = await connect(new StreamableHTTPClientTransport(new URL(daemon.mcp + path)));
        const expected = tools.map((tool) => JSON.stringify({ ...tool, name: prefix + tool.name }));
        // Where the machine is so busy that the server needs longer than a list waits, the next list has it.
        await expect
          .poll(async () => toolsOf(await request(client, 'tools/list')).map((tool) => JSON.stringify(tool)))
          .toEqual(expect.arrayContaining(expected));
        const roots = await request(client, 'tools/call', { name: `${prefix}get-roots-list`, arguments: {} });
        expect(JSON.stringify(roots)).toContain('file:///of/this/client');
        await client.close();
      }
      expect(await everyPage(daemon.mcp)).not.toContain('get-roots-list');
      await alone.close();
    });
  });

  it('are listed and called by a client of the second SDK that negotiates the version', async () => {
    const client = new ClientOfV2({ name: 'test', version: '2' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new HttpOfV2(new URL(daemon.mcp)));
    const { tools } = await client.listTools();
    for (const name of NAMES) {
      const [tool, args, answer] = server('gateway', name).plainCall;
      expect(tools.map((listed) => listed.name)).toContain(`${name}__${tool}`);
      const called = await client.callTool({ name: `${name}__${tool}`, arguments: args });
      expect(JSON.stringify(called)).toContain(answer);
    }
    await client.close();
  });
});

/** The bytes of all pages of a tools/list. */
async function everyPage(endpoint: string, params: object = {}): Promise<string> {
  const page = await (await postMcp(endpoint, { id: 1, method: 'tools/list', params })).text();
  const { nextCursor: cursor } = (JSON.parse(page) as { readonly result: { readonly nextCursor?: string } }).result;
  return cursor === undefined ? page : page + (await everyPage(endpoint, { cursor }));
}

function manifest(name: string, { args, env }: RealServer): string {
  const pairs = Object.entries(env).map(([key, value]) => ({ name: key, value }));
  return `${stdioManifest(name, args)}    env: ${JSON.stringify(pairs)}\n`;
}

async function connectDirectly(server: RealServer): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transportTo(server));
  return client;
}

function transportTo({ args, env }: RealServer): StdioClientTransport {
  const { PATH = '' } = process.env;
  const command = process.execPath;
  return new StdioClientTransport({ command, args: [...args], env: { PATH, ...env }, stderr: 'ignore' });
}

/** As the wire has it: `client.listTools()` would drop keys that the SDK does not know. */
const request = (client: Client, method: string, params = {}) => client.request({ method, params }, ResultSchema);
const toolsOf = (result: object) => (result as { readonly tools: readonly Tool[] }).tools;

/** `answered`, or the words of the refusal: what a tool answers may differ between two runs. */
async function outcomeOf(client: Client, name: string, args: object): Promise<unknown> {
  const result = await request(client, 'tools/call', { name, arguments: args }).catch((cause: unknown) =>
    String(cause),
  );
  if (typeof result === 'string') return result;
  return result.isError === true ? result.content : 'answered';
}
