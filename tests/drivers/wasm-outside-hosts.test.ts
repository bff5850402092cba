import { describe, expect, it } from 'vitest';
import { allowedUrl } from '../../src/drivers/wasm/outside/http/allowed.ts';
import { outsideRig } from '../helpers/outside-rig.ts';
import { webServer } from '../helpers/web-server.ts';

/** What came of asking for an address: the host that may be asked, or the sentence. */
function asked(net: readonly string[] | undefined, url: string, allowHost?: (host: string) => boolean) {
  const rig = outsideRig({ ...(net === undefined ? {} : { net }), ...(allowHost === undefined ? {} : { allowHost }) });
  try {
    return { host: allowedUrl(url, rig.program).host, refusals: rig.refusals };
  } catch (error) {
    return { message: (error as Error).message, refusals: rig.refusals };
  }
}

describe('the hosts that a wasm service may ask', () => {
  it.each([
    [['api.example'], 'https://api.example/v1'],
    [['api.example'], 'http://API.example:8080/'],
    [['api.example:8080'], 'http://api.example:8080/'],
    [['api.example:443'], 'https://api.example/'],
    [['*.example'], 'https://a.b.example/'],
    [['bücher.example'], 'https://xn--bcher-kva.example/'],
    [['127.0.0.1'], 'http://0x7f.1/'],
    [['::1'], 'http://[::1]:3000/'],
    [['[::1]:3000'], 'http://[::1]:3000/'],
  ])('%j allows %s', (net, url) => {
    expect(asked(net, url)).toEqual({ host: new URL(url).host, refusals: [] });
  });

  it.each([
    [undefined, 'https://api.example/', 'api.example'],
    [[], 'https://api.example/', 'api.example'],
    [['api.example'], 'https://evil.example/', 'evil.example'],
    [['api.example'], 'https://api.example.evil/', 'api.example.evil'],
    [['api.example'], 'https://api.example./', 'api.example.'],
    [['api.example:443'], 'https://api.example:8443/', 'api.example:8443'],
    [['api.example:443'], 'http://api.example/', 'api.example'],
    [['*.example'], 'https://example/', 'example'],
    [['*.example'], 'https://notexample/', 'notexample'],
    [['*'], 'https://api.example/', 'api.example'],
    [['localhost'], 'http://[::1]/', '[::1]'],
  ])('%j refuses %s, audits it and says what to add', (net, url, host) => {
    const message = `The host ${host} is not among the hosts that this service may reach.`;
    const entry = host.startsWith('[') ? `"${host}"` : host;
    expect(asked(net, url)).toEqual({
      message,
      refusals: [{ need: 'net', message, add: `spec.origin.capabilities.net: [${entry}]` }],
    });
  });

  it('asks configuration and Policy, too, which no line of the manifest changes', () => {
    const message = 'The host api.example is not allowed by the configuration or a Policy of this runtime.';
    const no = asked(['api.example'], 'https://api.example/', (host) => host !== 'api.example');
    expect(no).toEqual({ message, refusals: [{ need: 'net', message }] });
  });

  it.each([
    ['file:///etc/passwd', 'What was given is a `file:` address; only http and https are asked.', 1],
    ['/relative', 'What was given is no absolute http or https address.', 0],
    ['', 'What was given is no absolute http or https address.', 0],
    [`https://a/${'x'.repeat(9000)}`, 'The address has more than 8192 characters.', 0],
    [
      'https://user:hidden@api.example/',
      'What was given carries a user name or password; pass credentials as a header.',
      0,
    ],
  ])('%s is no address for it', (url, message, audited) => {
    const { refusals, ...rest } = asked(['api.example'], url);
    expect(rest).toEqual({ message });
    expect(refusals).toHaveLength(audited);
  });

  it('are asked about anew at a redirect: another host hears nothing', async () => {
    const other = await webServer((_req, res) => void res.end('stolen'));
    const first = await webServer((_req, res) => void res.writeHead(307, { location: `${other.url}/x` }).end());
    const { run, refusals } = outsideRig({ net: [`127.0.0.1:${first.port}`] });
    const message = `127.0.0.1:${first.port} redirects to 127.0.0.1:${other.port}, which is not among the hosts that this service may reach.`;
    expect(await run('http_request', 'POST', first.url, '{"x-api-key":"hidden"}', 'body')).toEqual({ err: message });
    expect(other.requests).toEqual([]);
    const add = `spec.origin.capabilities.net: [127.0.0.1:${other.port}]`;
    expect(refusals).toEqual([{ need: 'net', message, add }]);
  });

  it('are not left by a redirect to a file', async () => {
    const server = await webServer((_req, res) => void res.writeHead(302, { location: 'file:///etc/passwd' }).end());
    const { run } = outsideRig({ net: ['127.0.0.1'] });
    expect(await run('http_get', server.url)).toEqual({
      err: `What 127.0.0.1:${server.port} redirects to is a \`file:\` address; only http and https are asked.`,
    });
  });
});
