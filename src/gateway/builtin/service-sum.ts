import type { ServiceView } from '../../runtime/types.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { FleetSummary } from '../../wire/answers.ts';
import type { ServicePresenter } from './service-presenter.ts';

/** A service in the words of the tools (original contract §2, sum). */
export function sumOf(view: ServiceView, present: ServicePresenter): JsonObject {
  const item = present.item(view);
  const { interface: known } = item;
  return {
    service_id: item.serviceId,
    display_name: item.displayName,
    source_file: item.sourceFile,
    module: item.module,
    service_type: item.serviceType,
    origin_type: item.originType,
    lifecycle: item.lifecycle,
    health: item.health,
    uptime_seconds: item.uptimeSeconds,
    restart_count: item.restartCount,
    interface:
      known === null
        ? null
        : {
            revision: known.interfaceRevision,
            introspected_at: known.introspectedAt,
            tools: known.tools,
            resources: known.resources,
            prompts: known.prompts,
          },
  };
}

/** The counts of the fleet in the same words. */
export function fleetSum(summary: FleetSummary): JsonObject {
  return {
    total: summary.total,
    mcp_services: summary.mcpServices,
    agent_services: summary.agentServices,
    running: summary.running,
    running_mcp: summary.runningMcp,
    running_agent: summary.runningAgent,
    degraded: summary.degraded,
    stopped: summary.stopped,
    quarantined: summary.quarantined,
    local_mcp: summary.localMcp,
    remote_mcp: summary.remoteMcp,
    local_agent: summary.localAgent,
    remote_agent: summary.remoteAgent,
    local: summary.local,
    remote: summary.remote,
  };
}
