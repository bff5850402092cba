import { describe, expect, it } from 'vitest';
import { parseManifests, type ServiceManifest } from '../../src/manifest/index.ts';
import { NOW } from '../helpers/fake-runtime.ts';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

/** The manifest that --dry-run prints. */
async function dryRun(argv: readonly string[]): Promise<ServiceManifest> {
  const { code, stdout, stderr } = await cli([...argv, '--dry-run'], { cwd: tempFolder() });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return parseManifests('dry', stdout).documents[0]?.raw as unknown as ServiceManifest;
}

const REMOTE = ['add-remote', '--endpoint', 'https://mcp.example.com/mcp', '--module', 'Web Search'];

describe('add-remote', () => {
  it('writes what its flags say', async () => {
    const { metadata, spec } = await dryRun([
      ...REMOTE,
      ...['--name', 'Search', '--auth-ref', 'file:search/token', '--transport', 'sse_http', '--timeout-ms', '5000'],
      ...['--allow-tools', 'find, read', '--max-payload-bytes', '2048', '--max-concurrency', '3'],
    ]);
    expect(metadata).toEqual({ name: 'search', displayName: 'Search', module: 'Web Search' });
    expect(spec.origin).toEqual({
      type: 'remote_mcp',
      endpoint: 'https://mcp.example.com/mcp',
      authRef: 'file:search/token',
      transport: 'sse_http',
      timeoutMs: 5000,
      allowedTools: ['find', 'read'],
      maxPayloadBytes: 2048,
      maxConcurrency: 3,
    });
  });

  it('is named after its module, and says nothing that nobody said', async () => {
    const { metadata, spec } = await dryRun(REMOTE);
    expect(metadata.name).toBe('web-search');
    expect(spec.origin).toEqual({ type: 'remote_mcp', endpoint: 'https://mcp.example.com/mcp' });
  });

  it('makes an agent', async () => {
    const { metadata } = await dryRun([
      ...REMOTE,
      ...['--service-type', 'agent', '--agent-role', 'Clerk', '--agent-objective', 'Sorts letters.'],
    ]);
    expect(metadata.agent).toMatchObject({ agentId: 'web_search', role: 'Clerk', triggers: ['api'] });
  });

  it.each([
    [['--max-payload-bytes', '1023'], 'whole number from 1024'],
    [['--timeout-ms', '0'], 'whole number from 1'],
    [['--transport', 'pigeon'], 'Allowed choices'],
    [['--endpoint', 'ftp://x'], 'endpoint'],
  ])('refuses %j', async (flags, why) => {
    const { code, stderr } = await cli([...REMOTE, ...flags, '--dry-run'], { cwd: tempFolder() });
    expect(code).not.toBe(0);
    expect(stderr).toContain(why);
  });

  it('answers after the write with the keys of add and the record; only with --wait does it wait', async () => {
    const cwd = tempFolder();
    const api = await testApi({ daemon: { version: '0.1.0', pid: 99, startedAtMs: NOW, workspace: cwd } });
    const url = await api.listen();
    const { code, stdout } = await cli(['--daemon-url', url, ...REMOTE], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, name: 'web-search', service: { name: 'web-search' } });
    expect(api.runtime.asked.map(([method]) => method)).toEqual(['apply']);
    await cli(['--daemon-url', url, ...REMOTE, '--wait'], { cwd });
    expect(api.runtime.asked.map(([method]) => method)).toEqual(['apply', 'apply', 'waitFor']);
  });
});

describe('add-stdio', () => {
  it('writes the command after --, and what it gets', async () => {
    const { code, stdout } = await cli(
      [
        ...['add-stdio', 'files', '--dry-run', '--cwd', 'sub', '--env', 'A=b', '--secret', 'KEY=file:key'],
        ...['--inherit-env', 'LANG,TZ', '--', 'node', 'server.js', '--root', '.'],
      ],
      { cwd: tempFolder() },
    );
    expect(code).toBe(0);
    const { metadata, spec } = parseManifests('dry', stdout).documents[0]?.raw as unknown as ServiceManifest;
    expect(metadata.name).toBe('files');
    expect(spec.origin).toEqual({
      type: 'local_stdio',
      command: 'node',
      args: ['server.js', '--root', '.'],
      cwd: 'sub',
      env: [
        { name: 'A', value: 'b' },
        { name: 'KEY', secretRef: 'file:key' },
      ],
      inheritEnv: ['LANG', 'TZ'],
    });
  });
});
