import type { ServerResponse } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { makeOperations } from '../../src/drivers/wasm/outside/operations.ts';
import { driverRig } from '../helpers/driver-rig.ts';
import { endOf, NO_GRANTS, sandboxRig } from '../helpers/wasm-sandbox.ts';
import { gone, webServer } from '../helpers/web-server.ts';

const SOURCE = `module Reader

effect[Network] function get(url: String) -> Result<String, String> { http_get(url) }

effect[Network] function all(url: String) -> Result<String, String> {
  match sse_connect(url, "") {
    Ok(handle) -> Ok(rest(handle, "")),
    Err(why) -> Err(why),
  }
}

effect[Network] function rest(handle: Int64, text: String) -> String {
  match sse_next_event(handle) {
    Some(data) -> rest(handle, text ++ data),
    None -> text,
  }
}

effect[Network] function leave_open(url: String) -> Bool {
  match sse_connect(url, "") {
    Ok(handle) -> True,
    Err(why) -> False,
  }
}
`;

/** The program in a thread of its own, with the operations of the daemon, and a server with streams and one page that never comes. */
async function reader() {
  const drivers = driverRig();
  onTestFinished(() => drivers.close());
  const waiting = new Map<string, (res: ServerResponse) => void>();
  const asked = (path: string) => new Promise<ServerResponse>((resolve) => waiting.set(path, resolve));
  const server = await webServer((req, res) => {
    const path = req.url!;
    if (path === '/page') res.end('hello');
    if (path === '/elsewhere') res.writeHead(302, { location: 'http://elsewhere.example/' }).end();
    if (path !== '/stream' && path !== '/open') return waiting.get(path)?.(res);
    res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one,\n\ndata: two\n\n');
    if (path === '/stream') res.end();
    return waiting.get(path)?.(res);
  });
  const grants = { ...NO_GRANTS, net: ['127.0.0.1'] };
  const rig = sandboxRig({ operations: makeOperations(drivers.deps) });
  return { server, asked, program: rig.open(SOURCE, { grants, allowHost: () => true }) };
}

it('a program reads pages and streams, and is told what it may not reach', async () => {
  const { server, program } = await reader();
  expect(await program.text('get', { url: `${server.url}/page` })).toContain('hello');
  expect(await program.text('all', { url: `${server.url}/stream` })).toContain('one,two');
  const message = `127.0.0.1:${server.port} redirects to elsewhere.example, which is not among the hosts that this service may reach.`;
  const refused = await program.call({ function: 'get', arguments: { url: `${server.url}/elsewhere` } });
  expect(refused).toMatchObject({ isError: true });
  expect(JSON.stringify(refused)).toContain(message);
  const add = 'spec.origin.capabilities.net: [elsewhere.example]';
  expect(program.refusals).toEqual([{ need: 'net', message, add }]);
});

it('what a program leaves open goes with its call, and so does what it waits for', async () => {
  const { server, asked, program } = await reader();
  const stream = asked('/open').then(gone);
  expect(await program.text('leave_open', { url: `${server.url}/open` })).toBe('true');
  await stream;
  const cancel = new AbortController();
  const begun = asked('/never');
  const call = program.call({ function: 'get', arguments: { url: `${server.url}/never` } }, cancel.signal);
  const dropped = gone(await begun);
  cancel.abort();
  expect(await endOf(call)).toMatchObject({ reason: 'cancelled' });
  await dropped;
});
