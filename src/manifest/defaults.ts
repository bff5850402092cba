import { parseDuration } from '../shared/duration.ts';
import { plainGitFolder } from '../shared/git-location.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { BUILT_IN_LIMITS, type DefaultLimits } from '../shared/limits.ts';
import { identify, type ServiceIdentity } from './identity.ts';
import { defaultOrigin } from './origin-defaults.ts';
import {
  API_VERSION,
  type Document,
  type PlainMetadata,
  type PolicyManifest,
  type Probe,
  type RestartPolicy,
  type ServiceManifest,
  type ServiceMetadata,
  type ServiceSpec,
  type SourceManifest,
  type ToolsetManifest,
} from './types.ts';

/** The name that a document has or would get, also of one that is not valid; undefined where it has none. */
export function declaredName(raw: JsonObject): string | undefined {
  const name = isJsonObject(raw.metadata) ? raw.metadata.name : undefined;
  if (typeof name === 'string' && name !== '') return name;
  return raw.kind === 'MCPService' ? identify(raw)?.name : undefined;
}

/**
 * Fills in every default of a document that passed the schema (manifest.md). `limits` are the built-in ones as the environment changes them.
 * Throws TypeError for a service without a name and anything to derive it from; parseManifests has refused such a document before.
 */
export function applyDefaults(raw: JsonObject, limits: DefaultLimits = BUILT_IN_LIMITS): Document {
  if (raw.kind === 'Policy') return policy(raw);
  if (raw.kind === 'Source') return source(raw);
  return raw.kind === 'Toolset' ? toolset(raw) : service(raw, limits);
}

function policy(raw: JsonObject): PolicyManifest {
  return {
    apiVersion: API_VERSION,
    kind: 'Policy',
    metadata: plainMetadata(raw.metadata as JsonObject),
    spec: raw.spec as PolicyManifest['spec'],
  };
}

function toolset(raw: JsonObject): ToolsetManifest {
  return {
    apiVersion: API_VERSION,
    kind: 'Toolset',
    metadata: plainMetadata(raw.metadata as JsonObject),
    spec: { tools: {}, mode: 'list', ...(raw.spec as Partial<ToolsetManifest['spec']>) },
  };
}

function source(raw: JsonObject): SourceManifest {
  const { interval, path, ...given } = raw.spec as JsonObject;
  return {
    apiVersion: API_VERSION,
    kind: 'Source',
    metadata: plainMetadata(raw.metadata as JsonObject),
    spec: {
      allowPush: false,
      prune: true,
      ...(given as Partial<SourceManifest['spec']>),
      path: plainGitFolder((path as string | undefined) ?? 'services.d'),
      intervalMs: durationMs(interval) ?? 60_000,
    },
  };
}

function plainMetadata({ name, labels, annotations }: JsonObject): PlainMetadata {
  return {
    name: name as string,
    labels: (labels ?? {}) as Record<string, string>,
    annotations: (annotations ?? {}) as Record<string, string>,
  };
}

function service(raw: JsonObject, limits: DefaultLimits): ServiceManifest {
  const identity = identify(raw);
  if (identity === undefined) throw new TypeError('the service has no name and nothing to derive it from');
  return {
    apiVersion: API_VERSION,
    kind: 'MCPService',
    metadata: serviceMetadata(raw.metadata as JsonObject, identity),
    spec: serviceSpec(raw.spec as JsonObject, identity.toolNamespace, limits),
  };
}

function serviceMetadata(given: JsonObject, identity: ServiceIdentity): ServiceMetadata {
  const { name, module, sourceFile, serviceId } = identity;
  return {
    name,
    module,
    displayName: [...((given.displayName ?? name) as string)].slice(0, 80).join(''),
    sourceFile,
    serviceType: (given.serviceType ?? 'mcp') as ServiceMetadata['serviceType'],
    serviceId,
    labels: (given.labels ?? {}) as Record<string, string>,
    annotations: (given.annotations ?? {}) as Record<string, string>,
    ...(given.agent === undefined ? {} : { agent: given.agent as JsonObject }),
    ...unchecked(given),
  };
}

/** The original stores these without a look: texts and numbers are kept as text, anything else means nothing. */
function unchecked(given: JsonObject): Partial<ServiceMetadata> {
  const names = ['version', 'workspaceRoot', 'artifactSha256', 'createdAt', 'updatedAt'] as const;
  const texts = names.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [];
  });
  return Object.fromEntries(texts);
}

function serviceSpec(given: JsonObject, toolNamespace: string, limits: DefaultLimits): ServiceSpec {
  return {
    enabled: true,
    autostart: true,
    suspend: false,
    dependsOn: [],
    drift: 'Heal',
    session: 'auto',
    startTimeoutMs: 30_000,
    stopGraceSeconds: 10,
    tools: {},
    policyRef: 'default',
    deletionPolicy: 'Stop',
    ...(given as Partial<ServiceSpec>),
    toolNamespace,
    activation: { mode: 'always', idleSeconds: 300, ...(given.activation as Partial<ServiceSpec['activation']>) },
    restartPolicy: { ...DEFAULT_RESTART, ...(given.restartPolicy as Partial<RestartPolicy>) },
    probe: { intervalSeconds: 30, timeoutMs: 5000, failureThreshold: 3, ...(given.probe as Partial<Probe>) },
    rollout: { strategy: 'Overlap', drainSeconds: 30, ...(given.rollout as Partial<ServiceSpec['rollout']>) },
    reconcile: reconcileTimes((given.reconcile ?? {}) as JsonObject),
    origin: defaultOrigin(given.origin as JsonObject, limits),
  };
}

/** The restart policy of a manifest that names none. */
export const DEFAULT_RESTART: RestartPolicy = { mode: 'on-failure', maxRestarts: 5, windowSeconds: 60 };

function reconcileTimes({ interval, timeout }: JsonObject): ServiceSpec['reconcile'] {
  return { intervalMs: durationMs(interval) ?? 60_000, timeoutMs: durationMs(timeout) ?? 120_000 };
}

/** Milliseconds of a written duration: text such as `60s`, or a number of seconds. */
export function durationMs(written: Json | undefined): number | undefined {
  return typeof written === 'string' || typeof written === 'number' ? parseDuration(String(written)) : undefined;
}
