import type { FastifyInstance } from 'fastify';
import type { SecretCheck } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';
import type {
  SecretCheckAnswer,
  SecretDeletedAnswer,
  SecretProvidersAnswer,
  SecretsAnswer,
  SecretWrittenAnswer,
} from '../../wire/answers.ts';
import { authRefFields, noQuery, secretBody, type AuthRefBody, type SecretBody } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';

const FOLDER = '/api/security/auth';

/** Secrets of services (original contract §1g): values go in and never come out; they are written where the operator allows it. */
export function secretRoutes(app: FastifyInstance, { secrets, provisioning }: RouteContext): void {
  app.get(
    `${FOLDER}/providers`,
    {
      schema: { querystring: noQuery },
      config: { summary: 'Where secrets can come from.', answer: 'SecretProvidersAnswer' },
    },
    async (): Promise<SecretProvidersAnswer> => {
      const found = await secrets.providers();
      return { ...found, providers: [...found.providers] };
    },
  );

  app.get(
    `${FOLDER}/secrets`,
    {
      schema: { querystring: noQuery },
      config: { summary: 'The files that hold a secret, by name.', answer: 'SecretsAnswer' },
    },
    async (): Promise<SecretsAnswer> => {
      const items = [...(await secrets.list())];
      return { count: items.length, items };
    },
  );

  app.post<{ Body: SecretBody }>(
    `${FOLDER}/secrets`,
    {
      schema: { querystring: noQuery, body: secretBody },
      config: {
        summary:
          'Writes the file of a `file:` reference; services that use it are looked at. 403 without provisioning.',
        answer: 'SecretWrittenAnswer',
      },
    },
    async ({ body }): Promise<SecretWrittenAnswer> => {
      refuseUnless(provisioning);
      return { ...(await secrets.write(body.auth_ref, body.secret)), written: true };
    },
  );

  app.delete<{ Body: AuthRefBody }>(
    `${FOLDER}/secrets`,
    {
      schema: { querystring: noQuery, body: authRefFields },
      config: { summary: 'Deletes such a file. 403 without provisioning.', answer: 'SecretDeletedAnswer' },
    },
    async ({ body }): Promise<SecretDeletedAnswer> => {
      refuseUnless(provisioning);
      return secrets.remove(body.auth_ref);
    },
  );

  const summary =
    'Whether a reference can be used now. Of a variable that no service names it is told with provisioning only.';
  const config = { summary, answer: 'SecretCheckAnswer' };
  app.get<{ Querystring: AuthRefBody }>(
    `${FOLDER}/validate`,
    { schema: { querystring: authRefFields }, config },
    async ({ query }) => present(await secrets.validate(query.auth_ref)),
  );
  app.post<{ Body: AuthRefBody }>(
    `${FOLDER}/validate`,
    { schema: { querystring: noQuery, body: authRefFields }, config },
    async ({ body }) => present(await secrets.validate(body.auth_ref)),
  );
}

function refuseUnless(provisioning: boolean): void {
  if (!provisioning)
    throw new ClarityError('NotEnabled', 'secrets are written and deleted only with CLARITY_ENABLE_MCP_PROVISIONING=1');
}

function present(check: SecretCheck): SecretCheckAnswer {
  return { ...check, issues: [...check.issues], headerKeys: [...check.headerKeys] };
}
