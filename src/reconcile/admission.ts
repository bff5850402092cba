import type { PolicySpec, ServiceManifest } from '../manifest/index.ts';
import type { DocumentOrigin, Identity, Why } from './ports.ts';
import { because } from './reasons.ts';

export interface Candidate {
  readonly identity: Identity;
  readonly manifest: ServiceManifest;
  readonly origin: DocumentOrigin;
  readonly firstSeenMs: number;
  /** Since when it claims its toolNamespace; since firstSeenMs where absent. */
  readonly namespaceSinceMs?: number;
}

/** The policy that exists without a document: allows all. */
export const DEFAULT_POLICY = 'default';

/**
 * What stands between a valid manifest and a start, per identity: a policy that does not exist,
 * a namespace that somebody else serves (the first to claim it keeps it). Pure; answers only those that are blocked.
 */
export function findBlockers(
  candidates: readonly Candidate[],
  policies: ReadonlyMap<string, PolicySpec>,
): ReadonlyMap<Identity, Why> {
  const blocked = new Map<Identity, Why>();
  const owners = ownersOf(candidates);
  for (const candidate of candidates) {
    const { spec } = candidate.manifest;
    if (spec.policyRef !== DEFAULT_POLICY && !policies.has(spec.policyRef))
      blocked.set(
        candidate.identity,
        because('PolicyNotFound', `spec.policyRef names the Policy "${spec.policyRef}", which no source declares`),
      );
    const owner = owners.get(spec.toolNamespace);
    if (owner !== undefined && owner !== candidate)
      blocked.set(
        candidate.identity,
        because(
          'NamespaceConflict',
          `toolNamespace "${spec.toolNamespace}" of ${place(candidate)} is already taken by service "${owner.identity}" (${place(owner)})`,
        ),
      );
  }
  return blocked;
}

/** Who serves each namespace: the first to claim it, by name among equals. */
function ownersOf(candidates: readonly Candidate[]): ReadonlyMap<string, Candidate> {
  const owners = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { toolNamespace } = candidate.manifest.spec;
    const other = owners.get(toolNamespace);
    if (other === undefined || isSenior(candidate, other)) owners.set(toolNamespace, candidate);
  }
  return owners;
}

function isSenior(a: Candidate, b: Candidate): boolean {
  return (claimedSince(a) - claimedSince(b) || (a.identity < b.identity ? -1 : 1)) < 0;
}

function claimedSince({ namespaceSinceMs, firstSeenMs }: Candidate): number {
  return namespaceSinceMs ?? firstSeenMs;
}

function place({ origin }: Candidate): string {
  return `${origin.file}:${String(origin.line)}`;
}

/** The lists that all must allow a tool: the manifest's, a remote's allowedTools, the policy's (manifest.md, spec.tools). */
export function toolRulesOf(
  manifest: ServiceManifest,
  policy: PolicySpec | undefined,
): readonly { allow?: readonly string[]; deny?: readonly string[] }[] {
  const { tools, origin } = manifest.spec;
  const rules: { allow?: readonly string[]; deny?: readonly string[] }[] = [];
  if (tools.allow !== undefined || tools.deny !== undefined)
    rules.push({ ...(tools.allow && { allow: tools.allow }), ...(tools.deny && { deny: tools.deny }) });
  if (origin.type === 'remote_mcp' && origin.allowedTools.length > 0) rules.push({ allow: origin.allowedTools });
  if (policy?.tools !== undefined) rules.push(policy.tools);
  return rules;
}
