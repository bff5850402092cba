import { afterAll, beforeAll, expect, it } from 'vitest';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { GitRemote } from '../helpers/git-remote.ts';

const FILE = 'services.d/files.yaml';
const MANIFEST = `# what the team shares
apiVersion: clarity.runtime/v1
kind: MCPService
metadata: { name: files }
spec:
  autostart: false # when it is asked for
  enabled: true
  origin: { type: local_stdio, command: node }
`;
const source = (url: string) => `apiVersion: clarity.runtime/v1
kind: Source
metadata: { name: team }
spec: { git: ${url}, allowPush: true }
`;

let workspace: Workspace;
let daemon: Daemon;
beforeAll(async () => {
  workspace = await Workspace.create();
});
afterAll(() => workspace.dispose());

it('a service of a repository is stopped and rolled back by commits, and by nothing else', async () => {
  const remote = new GitRemote();
  const first = remote.commit({ [FILE]: MANIFEST });
  await workspace.write('services.d/team.yaml', source(remote.url));
  daemon = await workspace.daemon();
  const get = () => fetch(`${daemon.url}/api/services/files`);
  await expect.poll(async () => (await get()).status).toBe(200);

  const refused = await daemon.ctl('stop', 'files');
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/repeat with --commit[^]*\+ {2}enabled: false/),
  ]);
  expect(remote.sha('main')).toBe(first);

  const { commit } = await daemon.json<{ commit: { sha: string } }>(
    'stop',
    'files',
    '--timeout',
    '0s',
    '--commit',
    'Not now',
  );
  expect(remote.sha('main')).toBe(commit.sha);
  expect(remote.git('log', '-1', '--format=%P %s', 'main')).toBe(`${first} Not now`);
  expect(remote.git('show', `main:${FILE}`)).toBe(MANIFEST.replace('enabled: true', 'enabled: false').trim());
  expect(await (await get()).json()).toMatchObject({ service: { revision: `main@sha1:${commit.sha}`, generation: 2 } });

  const undo = await daemon.ctl('rollout', 'undo', 'files');
  expect([undo.code, undo.stderr]).toEqual([1, expect.stringContaining(`git revert ${commit.sha}`)]);
  expect((await daemon.ctl('rollout', 'undo', 'files', '--commit')).stdout).toMatch(/\(commit [0-9a-f]{12}\)\n$/);
  expect(remote.git('show', `main:${FILE}`)).toBe(MANIFEST.trim());
  expect(remote.git('log', '-1', '--format=%s', 'main')).toBe('Roll files back to generation 1');
}, 60_000);
