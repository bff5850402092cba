import type { FastifyInstance } from 'fastify';
import type { ListSize, SecretAdmin } from '../reconcile/ports.ts';
import type { ProposalService, RuntimeService } from '../runtime/types.ts';
import type { SystemToolsAnswer } from '../wire/answers.ts';
import type { ClientFiles } from '../setup/index.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics/metrics.ts';
import type { Callers } from './callers.ts';
import type { DoorSettings } from './doors.ts';
import type { EventStreams } from './event-streams.ts';
import type { RouteTable } from './route-table.ts';

/** What the composition root hands to the API. */
export interface ApiDeps {
  readonly runtime: RuntimeService;
  readonly proposals: ProposalService;
  readonly clock: Clock;
  readonly doors: DoorSettings;
  readonly daemon: {
    readonly version: string;
    readonly pid: number;
    readonly startedAtMs: number;
    readonly workspace: string;
  };
  readonly secrets: SecretAdmin;
  /** CLARITY_ENABLE_MCP_PROVISIONING: what programs ask for may be written, secrets too. */
  readonly provisioning: boolean;
  /** CLARITY_AUDIT_INCLUDE_LIFECYCLE: the audit also tells what services did, not only what was asked of them. */
  readonly auditLifecycle: boolean;
  /** Where the clients of the daemon's user keep their configuration. Throws ClarityError Usage where nobody knows. */
  readonly clientFiles: () => ClientFiles;
  /** Told of every 500. */
  readonly logger: Pick<Logger, 'error'>;
  readonly metrics: Pick<Metrics, 'scrape'>;
  /** The secret that the webhook of a source is signed with; undefined where it has none, and answers nobody. */
  readonly hookSecretOf: (source: string) => string | undefined;
  /** The runtime's own tools, as GET /api/status counts them, and what they add to the list of /mcp. */
  readonly systemTools: { readonly counted: SystemToolsAnswer; readonly listed: ListSize };
  /** Mounts its routes behind the same doors. */
  readonly gateway?: { register(app: FastifyInstance): void | Promise<void> };
}

/** What every route plugin works with. */
export interface RouteContext extends ApiDeps {
  readonly streams: EventStreams;
  readonly callers: Callers;
  readonly routes: RouteTable;
}
