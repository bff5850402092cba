import { domainToASCII } from 'node:url';
import { oneLine } from '../../../../shared/text.ts';
import type { Program } from '../../program.ts';
import { PlainFailure } from '../plain-failure.ts';

const MAX_URL = 8192;
const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The address, if the service may ask there: http or https, without user information, its host among `grants.net` and allowed by
 * configuration and Policy. The grant is by name: what the name resolves to is not looked at. Throws PlainFailure; what it was not allowed to
 * do is audited. `from`: the address that sent us there.
 */
export function allowedUrl(text: string, program: Program, from?: URL): URL {
  if (text.length > MAX_URL) throw new PlainFailure(`The address has more than ${MAX_URL} characters.`);
  if (!URL.canParse(text, from?.href)) throw new PlainFailure(`${said(from)} is no absolute http or https address.`);
  const url = new URL(text, from);
  if (PORTS[url.protocol] === undefined)
    throw refuse(
      program,
      `${said(from)} is a \`${oneLine(url.protocol, 40)}\` address; only http and https are asked.`,
    );
  if (url.username !== '' || url.password !== '')
    throw new PlainFailure(`${said(from)} carries a user name or password; pass credentials as a header.`);
  const host = oneLine(url.host);
  const where = from === undefined ? `The host ${host}` : `${oneLine(from.host)} redirects to ${host}, which`;
  if (!(program.grants.net ?? []).some((entry) => names(entry, url)))
    throw refuse(program, `${where} is not among the hosts that this service may reach.`, host);
  if (!program.allowHost(url.hostname))
    throw refuse(program, `${where} is not allowed by the configuration or a Policy of this runtime.`);
  return url;
}

const said = (from: URL | undefined) =>
  from === undefined ? 'What was given' : `What ${oneLine(from.host)} redirects to`;

function refuse(program: Program, message: string, host?: string): PlainFailure {
  const entry = host === undefined || /^[\w.:-]+$/.test(host) ? host : JSON.stringify(host);
  program.refused({
    need: 'net',
    message,
    ...(entry === undefined ? {} : { add: `spec.origin.capabilities.net: [${entry}]` }),
  });
  return new PlainFailure(message);
}

/** Whether an entry of the grant means this host: `name`, `name:port`, `*.domain` for what is below a domain, each port where it says none. */
function names(entry: string, url: URL): boolean {
  const [, name = entry, port] =
    /^(.*?)(?::(\d+))?$/.exec(entry.includes('::') && !entry.startsWith('[') ? `[${entry}]` : entry) ?? [];
  if (port !== undefined && port !== (url.port === '' ? PORTS[url.protocol] : url.port)) return false;
  if (name.startsWith('*.')) return url.hostname.endsWith(`.${ascii(name.slice(2))}`);
  return url.hostname === ascii(name);
}

/** International names as URLs write them; a text that is no host name stays as it is, and matches nothing. */
const ascii = (name: string) => domainToASCII(name) || name;
