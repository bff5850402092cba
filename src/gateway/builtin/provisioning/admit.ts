import { parseManifests, type ParsedDocument, type ServiceManifest } from '../../../manifest/index.ts';
import { hostAllowed } from '../../../security/host-allowed.ts';
import { ClarityError } from '../../../shared/errors.ts';
import type { Json } from '../../../shared/json.ts';
import type { BuiltinDeps } from '../tool.ts';

/**
 * What a text declares. Throws before anything is written: ManifestInvalid with its diagnostics, and HostNotAllowed where a remote service names a
 * host that CLARITY_REMOTE_ALLOWED_HOSTS or its Policy does not.
 */
export function admit(text: string, { runtime, provisioning }: BuiltinDeps): readonly ParsedDocument[] {
  const { documents, diagnostics } = parseManifests('manifest', text);
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  if (first !== undefined)
    throw new ClarityError('ManifestInvalid', `the manifest is not valid: ${first.message}`, {
      data: { diagnostics } as unknown as Json,
    });
  const policies = runtime.policies();
  for (const { kind, document } of documents) {
    if (kind !== 'MCPService') continue;
    const { origin, policyRef } = (document as ServiceManifest).spec;
    if (origin.type !== 'remote_mcp') continue;
    const hosts = policies.find(({ name }) => name === policyRef)?.spec.hosts;
    const lists = [provisioning.allowedHosts, Array.isArray(hosts) ? (hosts as readonly string[]) : undefined];
    const { hostname } = new URL(origin.endpoint);
    if (!hostAllowed(hostname, lists)) throw new ClarityError('HostNotAllowed', `the host ${hostname} is not allowed`);
  }
  return documents;
}
