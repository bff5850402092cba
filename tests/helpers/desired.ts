import type { RestartPolicy, ServiceManifest, ServiceSpec } from '../../src/manifest/index.ts';
import { parseManifests } from '../../src/manifest/index.ts';
import type { Desired, ObservedInstance } from '../../src/reconcile/ports.ts';

/** A defaulted stdio manifest with the given spec fields. */
export function serviceManifest(name = 'files', spec: Partial<ServiceSpec> = {}): ServiceManifest {
  const text = `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: ${name}}\nspec:\n  origin: {type: local_stdio, command: node}\n`;
  const manifest = parseManifests('test.yaml', text).documents[0]?.document as ServiceManifest;
  return { ...manifest, spec: { ...manifest.spec, ...spec } };
}

/** A desired value whose hashes are what the test says. */
export function desiredOf(
  over: Partial<Desired> & { spec?: Partial<ServiceSpec>; restartPolicy?: Partial<RestartPolicy> } = {},
): Desired {
  const { spec, restartPolicy, ...rest } = over;
  const base = serviceManifest(over.identity, spec);
  const manifest = { ...base, spec: { ...base.spec, restartPolicy: { ...base.spec.restartPolicy, ...restartPolicy } } };
  const origin = { source: 'services', revision: 'dir@sha256:1', file: 'services.d/files.yaml', line: 1, index: 0 };
  return {
    identity: 'files',
    generation: 1,
    specHash: 's1',
    runHash: 'r1',
    originHash: 'o1',
    manifest,
    origin,
    ...rest,
  };
}

/** An instance as a driver would report it. */
export function instance(over: Partial<ObservedInstance> & { id?: string; runHash?: string } = {}): ObservedInstance {
  const { id = 'i1', runHash = 'r1', ...rest } = over;
  return { ref: { identity: 'files', runHash, id }, phase: 'running', startedAtMs: 0, pid: 42, ...rest };
}
