import type { FastifyInstance } from 'fastify';
import type { FleetSummary, StatusAnswer, SystemTools } from '../../wire/answers.ts';
import { noQuery } from '../../wire/requests.ts';
import type { ListSize, ServiceItem } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { iso, presentItem } from '../present.ts';
import { presentSource } from '../present-source.ts';

/** The daemon and its fleet at one look (original contract §1d). */
export function statusRoutes(app: FastifyInstance, { runtime, clock, daemon }: RouteContext): void {
  app.get(
    '/api/status',
    { schema: { querystring: noQuery }, config: { summary: 'The daemon and its fleet.', answer: 'StatusAnswer' } },
    (request): StatusAnswer => {
      const now = clock.now();
      const services = runtime.list().map((view) => presentItem(view, now));
      const { ready, reasons } = runtime.readiness();
      const none: SystemTools = { count: 0, items: [] };
      return {
        runtime: {
          version: daemon.version,
          pid: daemon.pid,
          uptimeSeconds: Math.floor((now - daemon.startedAtMs) / 1000),
        },
        gateway: { listen: request.headers.host ?? '', mcpPath: '/mcp', healthy: true, ...sumOf(services) },
        systemTools: { ...none, runtime: none, clarity: none },
        summary: summaryOf(services),
        agents: { totalRuns: 0, running: 0, waiting: 0, completed: 0, failed: 0, cancelled: 0 },
        services,
        lastUpdated: iso(now),
        ready,
        reasons: [...reasons],
        workspace: daemon.workspace,
        sources: runtime.sources().map(presentSource),
      };
    },
  );
}

/** What the list of /mcp has and costs. */
function sumOf(services: readonly ServiceItem[]): ListSize {
  const sum = (field: keyof ListSize) => services.reduce((total, { listed }) => total + (listed?.[field] ?? 0), 0);
  return { tools: sum('tools'), tokens: sum('tokens') };
}

function summaryOf(services: readonly ServiceItem[]): FleetSummary {
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
