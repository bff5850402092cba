import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

/** The values that decide who a service is, declared or derived (manifest.md, metadata). */
export interface ServiceIdentity {
  readonly name: string;
  readonly module: string;
  readonly sourceFile: string;
  readonly toolNamespace: string;
  readonly serviceId: string;
}

/** The identity of a service; undefined where neither a name nor what it would come from is given. */
export function identify(raw: JsonObject): ServiceIdentity | undefined {
  const metadata = asMap(raw.metadata);
  const spec = asMap(raw.spec);
  const origin = asMap(spec.origin);
  const declared = text(metadata.name);
  const module = text(metadata.module) ?? declared ?? derivedModule(metadata, origin);
  if (module === undefined) return undefined;
  const toolNamespace = normalizeNamespace(text(spec.toolNamespace) ?? module);
  const name = declared ?? nameOf(toolNamespace);
  const wasmPath = text(origin.wasmPath) ?? `.clarity/build/${module}.wasm`;
  const sourceFile = text(metadata.sourceFile) ?? text(origin.endpoint) ?? text(origin.command) ?? wasmPath;
  const third = origin.type === 'local_stdio' ? `stdio:${name}` : (text(origin.endpoint) ?? wasmPath);
  return {
    name,
    module,
    sourceFile,
    toolNamespace,
    serviceId: text(metadata.serviceId) ?? `svc_${sha12(`${sourceFile}|${module}|${third}`)}`,
  };
}

/** The original's rule: runs of other characters than [a-z0-9_] become one _, none at the ends; `service` where nothing is left. */
export function normalizeNamespace(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return plain === '' ? 'service' : plain;
}

function nameOf(namespace: string): string {
  return namespace.replaceAll('_', '-').slice(0, 63).replace(/-+$/, '');
}

/** local_stdio has none: `npx` says nothing about the service. */
function derivedModule(metadata: JsonObject, origin: JsonObject): string | undefined {
  if (origin.type === 'local_stdio') return undefined;
  const source = text(metadata.sourceFile) ?? text(origin.wasmPath);
  if (source !== undefined) return baseName(source).replace(/\.(clarity|wasm)$/, '') || baseName(source);
  const endpoint = text(origin.endpoint);
  if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
  const url = new URL(endpoint);
  return url.pathname.split('/').filter(Boolean).at(-1) ?? url.hostname;
}

function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

function sha12(input: string): string {
  return createHash('sha256').update(input, 'utf8').digest('hex').slice(0, 12);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function asMap(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
