import { expect, it, onTestFinished } from 'vitest';
import { stdioManifest } from '../helpers/manifests.ts';
import { Workspace } from '../helpers/daemon.ts';

const LONG = '9223372036854775807';
/** Speaks text, not values: one tool whose schema has a long number, which answers with the very line that called it. */
const SERVER = `import { createInterface } from 'node:readline';
const say = (id, result) => process.stdout.write('{"jsonrpc":"2.0","id":' + id + ',"result":' + result + '}\\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') say(id, JSON.stringify({ protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'raw', version: '1' } }));
  else if (method === 'tools/list') say(id, '{"tools":[{"name":"t","inputSchema":{"type":"object","properties":{"n":{"maximum":${LONG}}}}}]}');
  else if (method === 'tools/call') say(id, '{"content":[{"type":"text","text":' + JSON.stringify(line) + '}],"structuredContent":{"n":-${LONG}}}');
  else if (id !== undefined) say(id, '{}');
});
`;

it('integers beyond 2^53 pass as they were written: in arguments, in results and in definitions', async () => {
  const workspace = await Workspace.create({ 'raw.mjs': SERVER });
  onTestFinished(() => workspace.dispose());
  await workspace.write('services.d/raw.yaml', stdioManifest('raw', [workspace.path('raw.mjs')]));
  const daemon = await workspace.daemon();
  await daemon.ctl('wait', 'raw', '--for=ready');
  const post = async (method: string, params: string) => {
    const body = `{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`;
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    return (await fetch(daemon.mcp, { method: 'POST', headers, body })).text();
  };
  expect(await post('tools/list', '{}')).toContain(`"maximum":${LONG}`);
  const answer = await post('tools/call', `{"name":"raw__t","arguments":{"n":${LONG}}}`);
  expect(answer).toContain(`"n":-${LONG}`);
  expect(answer).toContain(`\\"n\\":${LONG}`);
});
