import { isLoopbackName } from '../../../../security/loopback.ts';
import type { Program } from '../../program.ts';
import { PlainFailure } from '../plain-failure.ts';
import { anthropic } from './anthropic.ts';
import { openai } from './openai.ts';
import type { WireFormat } from './wire-format.ts';

/** Whom a program asks, with what it may show there. */
export interface Provider {
  readonly format: WireFormat;
  /** Undefined for a model on this machine that needs none. */
  readonly key: string | undefined;
  /** The address of a path that begins with `/v1/`. */
  readonly url: (path: string) => URL;
}

/** Who has the model of that name: `claude-…` is Anthropic's, every other is asked in OpenAI's format (original contract §8.4). */
export function formatOf(model: string): WireFormat {
  return model.startsWith('claude-') ? anthropic : openai;
}

/** Every format, for what is asked of all providers. */
export const FORMATS: readonly WireFormat[] = [openai, anthropic];

/**
 * Keys and addresses come out of the service's own env[] entries, never from the daemon's environment. Throws PlainFailure,
 * which names the entry that is missing or says why the address is not used.
 */
export function providerOf(program: Program, format: WireFormat): Provider {
  const { keyName, baseUrlName, name } = format;
  const written = program.env[baseUrlName] ?? format.defaultBaseUrl;
  // Many write the version into the address, as some clients want it.
  const base = written.trim().replace(/\/+$/, '').replace(/\/v1$/, '');
  const parsed = URL.canParse(base) ? new URL(base) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || parsed.username !== '')
    throw new PlainFailure(`${baseUrlName} is no http or https address of a ${name} server.`);
  if (!program.allowHost(parsed.hostname)) {
    const message = `The host ${parsed.hostname} is not on the allow-list of this service, so its models cannot be asked.`;
    program.refused({ need: 'model', message });
    throw new PlainFailure(message);
  }
  const given = program.env[keyName]?.trim() ?? '';
  const key = given === '' ? undefined : given;
  if (key === undefined && !isLoopbackName(parsed.hostname))
    throw new PlainFailure(
      `${name} needs a key: add to spec.origin of the manifest  env: [{ name: ${keyName}, secretRef: env:${keyName} }]`,
    );
  return { format, key, url: (path) => new URL(base + path) };
}
