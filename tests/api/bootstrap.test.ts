import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientFiles } from '../../src/setup/index.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

async function setting() {
  const home = tempFolder();
  const files = clientFiles({ HOME: home });
  const daemon = { version: '0.1.0', pid: 99, startedAtMs: 0, workspace: home };
  const api = await testApi({ clientFiles: () => files, daemon });
  const url = await api.listen();
  const send = (method: 'POST' | 'DELETE', payload: object) => api.ask({ method, url: '/api/bootstrap', payload });
  return { api, files, home, url, send };
}

describe('/api/bootstrap', () => {
  it('writes, tells and takes away, with the keys of the original', async () => {
    const { api, files, url, send } = await setting();
    const wish = { clients: ['codex', 'claude'], transport: 'http' };
    expect((await send('POST', wish)).json).toEqual({
      transport: 'http',
      endpoint: `${url}/mcp`,
      results: [
        { client: 'codex', updated: true, path: files.codex },
        { client: 'claude', updated: true, path: files.claude },
      ],
    });
    expect((await send('POST', wish)).json.results).toMatchObject([{ updated: false }, { updated: false }]);
    const there = { present: true, configured: true, transport: 'http', endpoint: `${url}/mcp` };
    expect((await api.ask('/api/bootstrap/status')).json).toEqual({
      clients: [
        { client: 'codex', path: files.codex, ...there },
        { client: 'claude', path: files.claude, ...there },
      ],
    });
    expect((await send('DELETE', {})).json).toMatchObject({
      removed: true,
      results: [{ updated: true }, { updated: true }],
    });
    expect(readFileSync(files.codex, 'utf8')).toBe('');
  });

  it('the bridge is the default, no client is, and AGENTS.md of the workspace only where asked', async () => {
    const { home, send } = await setting();
    expect((await send('POST', {})).json).toEqual({ transport: 'stdio', results: [] });
    expect((await send('POST', { update_agents_md: true })).json).toEqual({
      transport: 'stdio',
      agents_md: { updated: true, path: join(home, 'AGENTS.md') },
      results: [],
    });
    const gone = await send('DELETE', { clients: [], update_agents_md: true });
    expect(gone.json).toMatchObject({ agents_md: { updated: true } });
  });

  it('no header has a say in the endpoint', async () => {
    const { files, url } = await setting();
    const headers = {
      host: `localhost:${new URL(url).port}`,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'content-type': 'application/json',
    };
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${url}/api/bootstrap`, { method: 'POST', headers }, (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode));
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ clients: ['claude'], transport: 'http' }));
    });
    expect(status).toBe(200);
    expect(JSON.parse(readFileSync(files.claude, 'utf8'))).toMatchObject({
      mcpServers: { clarity_gateway: { type: 'http', url: `${url}/mcp` } },
    });
  });

  it.each([
    [{ transport: 'ws' }],
    [{ clients: ['cursor'] }],
    [{ transport: 'http', endpoint: 'http://evil/mcp"\ncommand = "calc' }],
    [{ transport: 'http', endpoint: 'not a url' }],
    [{ token_env: 'a b' }],
    [{ other: 1 }],
  ])('%j: 400, nothing is written', async (body) => {
    const { files, send } = await setting();
    const { status, json } = await send('POST', { clients: ['codex'], ...body });
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'BadRequest' });
    expect(existsSync(files.codex)).toBe(false);
  });

  it('a file that does not parse: 409 with its line, no file is touched', async () => {
    const { files, send } = await setting();
    writeFileSync(files.claude, '{\n"a": 1,\n}');
    const { status, json } = await send('POST', { clients: ['codex', 'claude'] });
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'ClientConfigInvalid' });
    expect(json.error).toContain('.claude.json:3: ');
    expect(existsSync(files.codex)).toBe(false);
  });
});
