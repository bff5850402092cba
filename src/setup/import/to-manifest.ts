import { API_VERSION, looksSecret } from '../../manifest/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import type { ClientServer, RegistryService } from './client-server.ts';
import { isSecretUrl, looksLikeSecret, secretArguments } from './looks-like-secret.ts';
import { referencesIn, resolveReferences, wholeReference, type Reference } from './references.ts';
import { variableName, type SecretVariables } from './secret-variables.ts';

/** What an import knows beside the file. */
export interface ImportSetting {
  /** As a person would write it, for the notes. */
  readonly file: string;
  /** What `${userHome}` and `${HOME}` stand for. */
  readonly home: string | undefined;
  readonly secrets: SecretVariables;
}

/** A manifest and what the person has to know of it; or why there is none. */
export type Made = { readonly manifest: JsonObject; readonly notes: readonly string[] } | { readonly problem: string };

/** A server as a manifest of this name. No secret is ever in it: what looks like one becomes a reference, or the server is not taken. */
export function toManifest(server: ClientServer, name: string, setting: ImportSetting): Made {
  return new Maker(server, name, setting).make();
}

/** A manifest of the original's registry with its name, and without the secrets in its variables. */
export function fromRegistry({ manifest, disabled }: RegistryService, name: string, setting: ImportSetting): Made {
  const notes: string[] = [];
  const spec = isJsonObject(manifest.spec) ? manifest.spec : {};
  const origin = isJsonObject(spec.origin) ? spec.origin : {};
  if (typeof origin.endpoint === 'string' && isSecretUrl(origin.endpoint)) return { problem: SECRET_URL };
  const env = Array.isArray(origin.env) ? (origin.env as readonly Json[]).map(withoutSecret) : undefined;
  const metadata = isJsonObject(manifest.metadata) ? manifest.metadata : {};
  const enabled = disabled ? { enabled: false } : {};
  return {
    manifest: {
      ...manifest,
      metadata: { name, ...metadata, ...(metadata.name === undefined ? {} : { name }) },
      spec: { ...spec, ...enabled, origin: env === undefined ? origin : { ...origin, env } },
    },
    notes,
  };

  function withoutSecret(entry: Json): Json {
    if (!isJsonObject(entry) || typeof entry.name !== 'string' || typeof entry.value !== 'string') return entry;
    if (entry.secretRef !== undefined || !(looksSecret(entry.name) || looksLikeSecret(entry.value))) return entry;
    const variable = setting.secrets.nameFor(name, entry.name, entry.value);
    notes.push(toSet(variable, setting.file));
    return { name: entry.name, secretRef: `env:${variable}` };
  }
}

const SECRET_URL = 'its URL holds a secret, which a manifest must not: move it into a header';

function toSet(variable: string, file: string): string {
  return `set ${variable} for the daemon: its value stands in ${file}`;
}

class Maker {
  readonly #server: ClientServer;
  readonly #name: string;
  readonly #setting: ImportSetting;
  readonly #notes: string[] = [];

  constructor(server: ClientServer, name: string, setting: ImportSetting) {
    this.#server = server;
    this.#name = name;
    this.#setting = setting;
  }

  make(): Made {
    const { name, command, url, type, disabled, allow, deny, startTimeoutMs, ignored } = this.#server;
    const isRemote = url !== undefined && command === undefined;
    if (command === undefined && url === undefined) return { problem: 'it has neither a command nor a url' };
    if (type === 'ws' || type === 'websocket') return { problem: 'WebSocket servers are not supported' };
    const origin = isRemote ? this.#remote(url) : this.#stdio(command ?? '');
    if (typeof origin === 'string') return { problem: origin };
    if (ignored.length > 0) this.#notes.push(`not taken over: ${ignored.join(', ')}`);
    const shown = [...name].slice(0, 80).join('').trim();
    const tools = { ...(allow === undefined ? {} : { allow }), ...(deny === undefined ? {} : { deny }) };
    const manifest = {
      apiVersion: API_VERSION,
      kind: 'MCPService',
      metadata: { name: this.#name, ...(shown === this.#name || shown === '' ? {} : { displayName: shown }) },
      spec: {
        ...(disabled ? { enabled: false } : {}),
        ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }),
        ...(Object.keys(tools).length === 0 ? {} : { tools }),
        origin,
      },
    };
    return { manifest, notes: this.#notes };
  }

  /** The origin, or the problem. */
  #stdio(command: string): JsonObject | string {
    const { args, cwd, inheritEnv, timeoutMs } = this.#server;
    const secret = secretArguments(args);
    if (secret.length > 0)
      return `argument ${secret.join(', ')} looks like a secret, which a manifest must not hold: hand it over in env`;
    const texts = [command, ...args, ...(cwd === undefined ? [] : [cwd])].map((text) => this.#place(text));
    const unknown = texts.findIndex((text) => text === undefined);
    const [program, ...rest] = texts.filter((text) => text !== undefined);
    if (unknown >= 0 || program === undefined)
      return `${unknown === 0 ? 'its command' : `argument ${String(unknown)}`} is made of a variable, which a manifest does not put in: write the value, or hand it over in env`;
    const env = Object.entries(this.#server.env).flatMap(([name, value]) => this.#entry(name, value, name));
    return {
      type: 'local_stdio',
      command: program,
      ...(args.length === 0 ? {} : { args: rest.slice(0, args.length) }),
      ...(cwd === undefined ? {} : { cwd: rest.at(-1) ?? cwd }),
      ...(env.length === 0 ? {} : { env }),
      ...(inheritEnv.length === 0 ? {} : { inheritEnv }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    };
  }

  #remote(url: string): JsonObject | string {
    const { type, timeoutMs } = this.#server;
    const endpoint = this.#place(url);
    if (endpoint === undefined)
      return 'its URL is made of a variable, which a manifest does not put in: write the value';
    if (isSecretUrl(endpoint)) return SECRET_URL;
    let authRef: string | undefined;
    const headers: JsonObject[] = [];
    for (const [name, value] of Object.entries(this.#server.headers)) {
      if (name.toLowerCase() === 'authorization') authRef = this.#authorization(value);
      else headers.push(...this.#entry(name, value, `${this.#name}_${name}`));
    }
    return {
      type: 'remote_mcp',
      endpoint,
      ...(type === 'sse' ? { transport: 'sse_http' } : {}),
      ...(authRef === undefined ? {} : { authRef }),
      ...(headers.length === 0 ? {} : { headers }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    };
  }

  #authorization(value: string): string {
    const [, token = value] = /^Bearer\s+(.*)$/is.exec(value) ?? [];
    const isBearer = token !== value;
    const reference = wholeReference(token);
    const variable =
      reference === undefined || reference.kind === 'place'
        ? this.#secret(`${this.#name}_${isBearer ? 'token' : 'authorization'}`, token)
        : this.#variableOf(reference);
    return isBearer ? `env:${variable}` : `header_env:Authorization:${variable}`;
  }

  /** An entry of env or headers; none where it is empty. */
  #entry(name: string, value: string, secretName: string): readonly JsonObject[] {
    if (value.trim() === '') {
      this.#notes.push(`${name} is empty and was left out`);
      return [];
    }
    const reference = wholeReference(value);
    if (reference?.kind === 'variable' && reference.fallback !== undefined && !looksSecret(name)) {
      this.#notes.push(`${name} is the default of \${${reference.name}} now`);
      return this.#entry(name, reference.fallback, secretName);
    }
    if (reference !== undefined && reference.kind !== 'place')
      return [{ name, secretRef: `env:${this.#variableOf(reference)}` }];
    const plain = looksSecret(name) || looksLikeSecret(value) ? undefined : this.#place(value);
    if (plain !== undefined) return [{ name, value: plain }];
    return [{ name, secretRef: `env:${this.#secret(secretName, value)}` }];
  }

  #secret(wanted: string, value: string): string {
    const variable = this.#setting.secrets.nameFor(this.#name, wanted, value);
    const made = referencesIn(value).length > 0 ? ' (with its references put in)' : '';
    this.#notes.push(toSet(variable, this.#setting.file) + made);
    return variable;
  }

  #variableOf(reference: Exclude<Reference, { kind: 'place' }>): string {
    const variable = reference.kind === 'variable' ? reference.name : variableName(reference.id);
    this.#notes.push(
      reference.kind === 'variable'
        ? `set ${variable} for the daemon, as it is set for the client`
        : `set ${variable} for the daemon: the client asks for it`,
    );
    return variable;
  }

  /** The text with places put in; undefined where it holds a variable that only the client can put in. */
  #place(text: string): string | undefined {
    return resolveReferences(text, (reference) => {
      if (reference.kind === 'input') return undefined;
      const { name } = reference;
      if (name === 'workspaceFolder' || name === 'cwd') return '.';
      if (name === 'pathSeparator' || name === '/') return '/';
      if (name === 'userHome' || name === 'HOME') return this.#setting.home;
      if (reference.kind === 'variable' && reference.fallback !== undefined && !looksSecret(name))
        return reference.fallback;
      return undefined;
    });
  }
}
