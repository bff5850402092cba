import type { ToolsetView } from '../runtime/types.ts';
import type { JsonObject } from '../shared/json.ts';
import type { ToolsetItem, ToolsetRecord } from '../wire/types.ts';

/** A toolset as GET /api/toolsets tells it. Ready where its document is in force as it stands on disk and there is a tool to call. */
export function presentToolset(view: ToolsetView): ToolsetItem {
  const { name, labels, spec, origin, services, listed, tools, warnings } = view;
  const { ready, reason, message } = standing(view);
  return {
    name,
    labels: { ...labels },
    path: `/mcp/t/${name}`,
    mode: spec.mode,
    ready,
    reason,
    message,
    warnings: [...warnings],
    services: services.map((service) => ({ ...service })),
    tools: tools.length,
    listed: { ...listed },
    origin: { source: origin.source, file: origin.file, line: origin.line },
  };
}

/** The same with its rules and each tool. */
export function presentToolsetRecord(view: ToolsetView): ToolsetRecord {
  return {
    ...presentToolset(view),
    revision: view.origin.revision,
    spec: view.spec as unknown as JsonObject,
    items: view.tools.map((tool) => ({ ...tool })),
  };
}

function standing({ stale, tools, warnings }: ToolsetView): Pick<ToolsetItem, 'ready' | 'reason' | 'message'> {
  if (stale !== undefined) return { ready: 'False', ...stale };
  if (tools.length === 0)
    return { ready: 'False', reason: 'Empty', message: warnings[0] ?? 'its rules leave no tool over' };
  const more = warnings.length > 1 ? ` (and ${String(warnings.length - 1)} more)` : '';
  return { ready: 'True', reason: 'Serving', message: warnings[0] === undefined ? '' : warnings[0] + more };
}
