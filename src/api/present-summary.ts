import type { FleetSummary } from '../wire/answers.ts';
import type { ServiceItem } from '../wire/types.ts';

/** Counts of the fleet (original contract §1d). */
export function presentSummary(services: readonly ServiceItem[]): FleetSummary {
  const count = (test: (item: ServiceItem) => boolean) => services.filter(test).length;
  const isAgent = (item: ServiceItem) => item.serviceType === 'agent';
  const isRemote = (item: ServiceItem) => item.originType === 'remote_mcp';
  const runs = (item: ServiceItem) => item.lifecycle === 'RUNNING';
  const localMcp = count((item) => !isAgent(item) && !isRemote(item));
  const remoteMcp = count((item) => !isAgent(item) && isRemote(item));
  return {
    total: services.length,
    mcpServices: localMcp + remoteMcp,
    agentServices: count(isAgent),
    running: count(runs),
    runningMcp: count((item) => runs(item) && !isAgent(item)),
    runningAgent: count((item) => runs(item) && isAgent(item)),
    degraded: count(({ health }) => health !== 'HEALTHY' && health !== 'UNKNOWN'),
    stopped: count(({ lifecycle }) => lifecycle === 'STOPPED' || lifecycle === 'REGISTERED'),
    quarantined: count(({ lifecycle }) => lifecycle === 'QUARANTINED'),
    localMcp,
    remoteMcp,
    localAgent: count((item) => isAgent(item) && !isRemote(item)),
    remoteAgent: count((item) => isAgent(item) && isRemote(item)),
    local: localMcp,
    remote: remoteMcp,
  };
}
