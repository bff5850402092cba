import type { Controller } from '../controller/controller.ts';
import type { DocumentRecord } from '../controller/document-records.ts';
import type { ToolsetManifest } from '../manifest/index.ts';
import type { GatewayListings, Identity } from '../reconcile/ports.ts';
import { toolsetMembers } from '../reconcile/toolset-members.ts';
import { ClarityError } from '../shared/errors.ts';
import { suggest } from '../shared/suggest.ts';
import type { ToolsetMember, ToolsetView } from './types.ts';

/** What the views are made of. */
export interface ToolsetViewDeps {
  readonly controller: Controller;
  readonly listings: GatewayListings;
}

/** Every toolset as the doors see it, by name. */
export function toolsetViews(deps: ToolsetViewDeps): readonly ToolsetView[] {
  return [...deps.controller.fleet.toolsets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, record]) => viewOf(deps, name, record));
}

/** Throws NotFound. */
export function findToolset(deps: ToolsetViewDeps, name: string): ToolsetView {
  const { toolsets } = deps.controller.fleet;
  const record = toolsets.get(name);
  if (record !== undefined) return viewOf(deps, name, record);
  const near = suggest(name, [...toolsets.keys()]);
  const meant = near === undefined ? '' : `; did you mean "${near}"?`;
  throw new ClarityError('NotFound', `there is no Toolset "${name}"${meant}`);
}

function viewOf(
  { controller, listings }: ToolsetViewDeps,
  name: string,
  { document, spec, origin, stale }: DocumentRecord<ToolsetManifest>,
): ToolsetView {
  const { listed, tools, idleRules } = listings.toolset(name) ?? NOTHING;
  const selectable = [...controller.fleet.entries.values()]
    .filter(({ deleted }) => !deleted)
    .map(({ row: { identity, manifest } }) => ({ identity, labels: manifest.metadata.labels }));
  const { members, idle } = toolsetMembers(spec.services, selectable);
  const counts = new Map<Identity, number>();
  for (const { service } of tools) counts.set(service, (counts.get(service) ?? 0) + 1);
  const services = [...members].sort().map((identity): ToolsetMember => ({
    name: identity,
    served: controller.view.get(identity) !== undefined,
    tools: counts.get(identity) ?? 0,
  }));
  const away = services.filter(({ served }) => !served);
  return {
    name,
    labels: document.metadata.labels,
    spec,
    origin,
    services,
    listed,
    tools,
    ...(stale && { stale }),
    warnings: [
      ...idle.map((entry) => `services "${entry}" selects no declared service`),
      ...away.map((member) => `service "${member.name}" is not served now: see clarityctl describe ${member.name}`),
      ...idleRules,
    ],
  };
}

const NOTHING = { listed: { tools: 0, tokens: 0 }, tools: [], idleRules: [] };
