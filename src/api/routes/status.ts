import type { FastifyInstance } from 'fastify';
import type { StatusAnswer } from '../../wire/answers.ts';
import { noQuery } from '../../wire/requests.ts';
import type { ListSize, ServiceItem } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { presentSummary } from '../present-summary.ts';
import { iso, presentItem } from '../present.ts';
import { presentSource } from '../present-source.ts';

/** The daemon and its fleet at one look (original contract §1d). */
export function statusRoutes(app: FastifyInstance, { runtime, clock, daemon, systemTools }: RouteContext): void {
  app.get(
    '/api/status',
    { schema: { querystring: noQuery }, config: { summary: 'The daemon and its fleet.', answer: 'StatusAnswer' } },
    (request): StatusAnswer => {
      const now = clock.now();
      const services = runtime.list().map((view) => presentItem(view, now));
      const { ready, reasons } = runtime.readiness();
      return {
        runtime: {
          version: daemon.version,
          pid: daemon.pid,
          uptimeSeconds: Math.floor((now - daemon.startedAtMs) / 1000),
        },
        gateway: {
          listen: request.headers.host ?? '',
          mcpPath: '/mcp',
          healthy: true,
          ...sumOf(services, systemTools.listed),
        },
        systemTools: systemTools.counted,
        summary: presentSummary(services),
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
function sumOf(services: readonly ServiceItem[], own: ListSize): ListSize {
  const sum = (field: keyof ListSize) =>
    services.reduce((total, { listed }) => total + (listed?.[field] ?? 0), own[field]);
  return { tools: sum('tools'), tokens: sum('tokens') };
}
