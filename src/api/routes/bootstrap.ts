import type { FastifyInstance } from 'fastify';
import { bootstrap, bootstrapStatus, CLIENT_NAMES, gatewayEntry, type BootstrapResult } from '../../setup/index.ts';
import type { BootstrapAnswer, BootstrapRemoveAnswer, BootstrapStatusAnswer } from '../../wire/answers.ts';
import {
  bootstrapBody,
  bootstrapRemoveBody,
  noQuery,
  type BootstrapBody,
  type BootstrapRemoveBody,
} from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';
import { ownUrl } from '../own-url.ts';

/** The configuration files of the clients of the daemon's user (original contract §1h, §12). */
export function bootstrapRoutes(app: FastifyInstance, { clientFiles, daemon }: RouteContext): void {
  app.get(
    '/api/bootstrap/status',
    {
      schema: { querystring: noQuery },
      config: { summary: 'What the configuration of clients says of the gateway.', answer: 'BootstrapStatusAnswer' },
    },
    async (): Promise<BootstrapStatusAnswer> => ({ clients: [...(await bootstrapStatus(clientFiles()))] }),
  );

  app.post<{ Body: BootstrapBody }>(
    '/api/bootstrap',
    {
      schema: { querystring: noQuery, body: bootstrapBody },
      config: { summary: 'Writes the gateway into the configuration of clients.', answer: 'BootstrapAnswer' },
    },
    async ({ body }): Promise<BootstrapAnswer> => {
      const { clients = [], transport, endpoint, token_env: tokenEnv } = body;
      const entry = gatewayEntry({ transport, endpoint, tokenEnv }, ownUrl(app.server));
      const agentsFolder = body.update_agents_md === true ? daemon.workspace : undefined;
      const done = await bootstrap({ files: clientFiles(), clients, entry, agentsFolder, dryRun: false });
      return {
        transport: entry.transport,
        ...(entry.transport === 'http' ? { endpoint: entry.url } : {}),
        ...present(done),
      };
    },
  );

  app.delete<{ Body: BootstrapRemoveBody }>(
    '/api/bootstrap',
    {
      schema: { querystring: noQuery, body: bootstrapRemoveBody },
      config: {
        summary: 'Takes the gateway out of the configuration of clients.',
        answer: 'BootstrapRemoveAnswer',
      },
    },
    async ({ body }): Promise<BootstrapRemoveAnswer> => {
      const { clients = CLIENT_NAMES } = body;
      const agentsFolder = body.update_agents_md === true ? daemon.workspace : undefined;
      const wish = { files: clientFiles(), clients, entry: undefined, agentsFolder, dryRun: false };
      return { removed: true, ...present(await bootstrap(wish)) };
    },
  );
}

function present({ agentsMd, results }: BootstrapResult): Omit<BootstrapAnswer, 'transport' | 'endpoint'> {
  return {
    ...(agentsMd === undefined ? {} : { agents_md: { updated: agentsMd.updated, path: agentsMd.path } }),
    results: results.map(({ client, updated, path }) => ({ client, updated, path })),
  };
}
