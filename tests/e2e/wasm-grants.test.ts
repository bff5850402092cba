import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventItem } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { clarityManifest } from '../helpers/manifests.ts';
import { answerText, callMcp } from '../helpers/mcp-client.ts';
import { cli } from '../helpers/run-cli.ts';

const REACHING = `module Reaching

export effect[Secret] function secret(name: String) -> String {
  match get_secret(name) { Some(value) -> value, None -> "(none)" }
}

export effect[FileSystem] function read(path: String) -> String { read_file(path) }

export effect[FileSystem] function write(path: String, content: String) -> Int64 {
  write_file(path, content);
  string_length(content)
}

export effect[Network] function fetch(url: String) -> Result<String, String> { http_get(url) }
`;

let workspace: Workspace;
let daemon: Daemon;
const servers: Server[] = [];

/** A server that lives as long as the tests of this file; its port. */
async function server(answer: RequestListener): Promise<number> {
  const made = createServer(answer);
  servers.push(made);
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return (made.address() as AddressInfo).port;
}

let granted = '';
let other = '';
let strangers = 0;

beforeAll(async () => {
  const stranger = await server((_, res) => {
    strangers++;
    res.end('you should not be here');
  });
  other = `http://127.0.0.1:${stranger}`;
  const friend = await server((req, res) => {
    if (req.url === '/away') res.writeHead(302, { location: `${other}/secret` }).end();
    else res.end('hello from a granted host');
  });
  granted = `http://127.0.0.1:${friend}`;
  workspace = await Workspace.create({
    'reaching.clarity': REACHING,
    'open/note.txt': 'a granted note',
    'closed/note.txt': 'a note of somebody else',
    'services.d/reaching.yaml': clarityManifest(
      'reaching',
      'reaching.clarity',
      `    env:
      - { name: GRANTED_KEY, secretRef: env:KEY_OF_THE_DAEMON }
      - { name: WITHHELD_KEY, secretRef: env:OTHER_KEY_OF_THE_DAEMON }
    capabilities:
      secrets: [GRANTED_KEY]
      fs: { read: [open] }
      net: ['127.0.0.1:${friend}']
`,
    ),
  });
  const env = { KEY_OF_THE_DAEMON: 'granted-value-4711', OTHER_KEY_OF_THE_DAEMON: 'withheld-value-4712' };
  daemon = await workspace.daemon([], env);
  expect(await daemon.ctl('wait', 'reaching', '--for=ready')).toMatchObject({ code: 0 });
}, 60_000);
afterAll(async () => {
  await workspace.dispose();
  for (const each of servers) each.close();
});

const call = (tool: string, args: object) => callMcp(daemon.mcp, `reaching__fn__${tool}`, args);
const ctl = async (...argv: string[]) => (await cli(['--daemon-url', daemon.url, ...argv])).stdout;
/** The refusals that were audited. */
const refusals = async () => {
  const { items } = JSON.parse(await ctl('events', 'reaching', '-o', 'json')) as { items: EventItem[] };
  return items.filter(({ kind }) => kind === 'service.access_refused');
};

describe('what is granted', () => {
  it.each([
    ['a secret', 'secret', () => ({ name: 'GRANTED_KEY' }), 'granted-value-4711'],
    ['a file', 'read', () => ({ path: 'open/note.txt' }), 'a granted note'],
    ['a host', 'fetch', () => ({ url: granted }), 'hello from a granted host'],
  ])('%s is given', async (_, tool, args, text) => {
    const answer = await call(tool, args());
    expect(answerText(answer)).toBe(text);
    expect(answer.result?.isError).toBeUndefined();
  });
});

describe('what is not granted', () => {
  it.each([
    ['a secret', 'secret', () => ({ name: 'WITHHELD_KEY' }), 'WITHHELD_KEY', 'secrets'],
    ['the environment of the daemon', 'secret', () => ({ name: 'OTHER_KEY_OF_THE_DAEMON' }), 'OTHER_KEY', 'secrets'],
    ['what every process has', 'secret', () => ({ name: 'PATH' }), 'PATH', 'secrets'],
    ['a file of the workspace', 'read', () => ({ path: 'closed/note.txt' }), 'closed/note.txt', 'fs'],
    ['a file beside the grant', 'read', () => ({ path: 'open/../closed/note.txt' }), 'closed/note.txt', 'fs'],
    ['a file of the system', 'read', () => ({ path: '/etc/passwd' }), '/etc/passwd', 'fs'],
    ['to write where it may read', 'write', () => ({ path: 'open/note.txt', content: 'x' }), 'open/note.txt', 'fs'],
    ['another host', 'fetch', () => ({ url: other }), new RegExp('127.0.0.1:\\d+'), 'net'],
    ['a redirect to another host', 'fetch', () => ({ url: `${granted}/away` }), 'redirects to 127.0.0.1', 'net'],
  ])('%s is refused with a sentence, audited, and named in describe', async (_, tool, args, named, need) => {
    const known = (await refusals()).length;
    const answer = await call(tool, args());
    expect(answer.result?.isError).toBe(true);
    const sentence = answerText(answer);
    expect(sentence).toMatch(named);
    expect(sentence).not.toMatch(/note of somebody|withheld-value|root:|should not be/);
    await expect.poll(async () => (await refusals()).length).toBe(known + 1);
    const event = (await refusals()).at(-1)!;
    expect(event).toMatchObject({ level: 'warn', reason: 'AccessRefused', data: { need } });
    expect(event.message).toMatch(named);
    expect(await ctl('describe', 'reaching')).toContain(event.message.slice(0, 60));
    expect(strangers).toBe(0);
  });

  it('leaves no secret in what the daemon tells', async () => {
    const told = [await ctl('describe', 'reaching'), await ctl('logs', 'reaching'), daemon.stderr].join('');
    expect(told).not.toMatch(/granted-value|withheld-value/);
  });
});
