import { createHmac } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { GitRemote, signingKey } from '../helpers/git-remote.ts';
import type { DiagnosticItem, Items } from '../../src/wire/answers.ts';
import type { EventItem, ServiceItem, SourceItem } from '../../src/wire/types.ts';

/** A whole server in one file, so that a repository needs nothing beside it; `version` makes another file of it. */
const server = (version: string) => `// ${version}
const answers = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } }),
  'tools/list': () => ({ tools: [{ name: 'hello', inputSchema: { type: 'object' } }] }),
  ping: () => ({}),
};
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method]?.(params) ?? {} }));
});
`;
const manifest = (name: string, extra = '') =>
  `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: ${name}}\nspec:\n  origin: {type: local_stdio, command: node, args: [${name}.cjs]}\n${extra}`;
const source = (remote: GitRemote, spec: string) =>
  `apiVersion: clarity.runtime/v1\nkind: Source\nmetadata: {name: team}\nspec: {git: "${remote.url}", ${spec}}\n`;
const SECRET = 'a secret of the forge';

/** What `look` answers as soon as it answers anything. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

class Fleet {
  constructor(private readonly daemon: Daemon) {}

  async source(): Promise<SourceItem | undefined> {
    return (await this.#get<Items<SourceItem>>('/api/sources')).items.find(({ name }) => name === 'team');
  }

  /** The source, once this holds of it. */
  until(holds: (item: SourceItem) => boolean): Promise<SourceItem> {
    return eventually(async () => {
      const item = await this.source();
      return item !== undefined && holds(item) ? item : undefined;
    });
  }

  /** Their pids, once all are Ready at the revision and have another pid than they must not have. */
  ready(revision: string, names: readonly string[], not?: number): Promise<readonly (number | undefined)[]> {
    return eventually(async () => {
      const { items } = await this.#get<Items<ServiceItem>>('/api/services');
      const found = names.map((name) => items.find((item) => item.name === name));
      const fine = found.every(
        (item) => item?.ready === 'True' && item.revision === revision && item.status.pid !== not,
      );
      return fine ? found.map((item) => item?.status.pid) : undefined;
    });
  }

  async hook(key: string): Promise<number> {
    const body = '{"ref":"refs/heads/main"}';
    const signature = createHmac('sha256', key).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    return (await fetch(`${this.daemon.url}/hooks/team`, { method: 'POST', headers, body })).status;
  }

  async diagnostics(): Promise<readonly DiagnosticItem[]> {
    return (await this.#get<Items<DiagnosticItem>>('/api/diagnostics')).items;
  }

  async events(kind: string): Promise<readonly EventItem[]> {
    return (await this.#get<Items<EventItem>>('/api/events')).items.filter((item) => item.kind === kind);
  }

  async #get<T>(path: string): Promise<T> {
    return (await fetch(this.daemon.url + path, { headers: { accept: 'application/json' } })).json() as Promise<T>;
  }
}

it('what is pushed is what runs, and nothing that goes wrong with a repository stops anything', async () => {
  const remote = new GitRemote();
  const signers = signingKey('ann');
  const first = remote.commit({
    'services.d/a.yaml': manifest('a'),
    'services.d/b.yaml': manifest('b'),
    'a.cjs': server('1'),
    'b.cjs': server('1'),
  });
  const workspace = await Workspace.create({ 'services.d/team.yaml': source(remote, 'ref: main, interval: 1s') });
  onTestFinished(() => workspace.dispose());
  const daemon = await workspace.daemon([], { CLARITY_HOOK_SECRET: SECRET });
  const fleet = new Fleet(daemon);
  const both = ['a', 'b'];

  // Ready at the revision that was pushed.
  const [a, b] = await fleet.ready(`main@sha1:${first}`, both);
  expect(await fleet.source()).toMatchObject({
    kind: 'git',
    ready: 'True',
    commit: { sha: first, author: 'Ada', subject: 'change' },
    declared: { file: 'services.d/team.yaml' },
  });
  expect((await daemon.ctl('trace', 'a')).stdout).toContain(`commit ${first} (main@sha1:${first}): change (Ada)`);

  // The hour of the hook: from here on nobody polls.
  await workspace.write('services.d/team.yaml', source(remote, 'ref: main, interval: 1h'));
  const broken = remote.commit({ 'services.d/a.yaml': manifest('a', '  enabeld: true\n') });
  const told = await fleet.until(({ revision, errors }) => revision === `main@sha1:${broken}` && errors === 1);
  expect(told.ready).toBe('True');
  expect(await fleet.diagnostics()).toMatchObject([{ file: 'services.d/a.yaml', line: 6, column: 3, source: 'team' }]);
  expect(await fleet.ready(`main@sha1:${broken}`, both)).toEqual([a, b]);

  // A hook that nobody signed changes nothing, one that is signed makes it look.
  const reverted = remote.commit({ 'services.d/a.yaml': manifest('a') });
  expect(await fleet.hook('guessed')).toBe(401);
  expect(await fleet.source()).toMatchObject({ revision: `main@sha1:${broken}` });
  expect(await fleet.hook(SECRET)).toBe(202);
  await fleet.until(({ revision, errors }) => revision === `main@sha1:${reverted}` && errors === 0);
  expect(await fleet.ready(`main@sha1:${reverted}`, both)).toEqual([a, b]);

  // Only the service whose file changed is restarted.
  const changed = remote.commit({ 'b.cjs': server('2') });
  await fleet.hook(SECRET);
  const [, newB] = await fleet.ready(`main@sha1:${changed}`, ['a', 'b'], b);
  expect(await fleet.ready(`main@sha1:${changed}`, both)).toEqual([a, newB]);

  // Other history, and no branch at all.
  const forced = remote.commit(
    {
      'services.d/a.yaml': manifest('a'),
      'services.d/b.yaml': manifest('b'),
      'a.cjs': server('1'),
      'b.cjs': server('2'),
    },
    { fresh: true, message: 'anew' },
  );
  await fleet.hook(SECRET);
  expect(await fleet.ready(`main@sha1:${forced}`, both)).toEqual([a, newB]);
  remote.git('update-ref', '-d', 'refs/heads/main');
  await fleet.hook(SECRET);
  await fleet.until(({ reason }) => reason === 'RefNotFound');
  expect(await fleet.ready(`main@sha1:${forced}`, both)).toEqual([a, newB]);
  remote.git('update-ref', 'refs/heads/main', forced);
  await fleet.hook(SECRET);
  await fleet.until(({ ready }) => ready === 'True');
  expect(await fleet.events('source.recovered')).not.toEqual([]);

  // With verification a commit that nobody signed changes nothing.
  const signed = remote.sign(signers.key);
  const verify = `verify: {mode: head, allowedSigners: ${signers.allowedSigners}}`;
  await workspace.write('services.d/team.yaml', source(remote, `ref: main, interval: 1h, ${verify}`));
  await fleet.until(({ verified, revision }) => verified?.status === 'True' && revision === `main@sha1:${signed}`);
  remote.commit({ 'services.d/a.yaml': undefined, 'b.cjs': server('3') });
  await fleet.hook(SECRET);
  await fleet.until(({ verified }) => verified?.status === 'False');
  expect(await fleet.source()).toMatchObject({ reason: 'VerificationFailed', revision: `main@sha1:${signed}` });
  expect(await fleet.ready(`main@sha1:${signed}`, both)).toEqual([a, newB]);
}, 60_000);
