import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isSignedHook } from '../../security/hook-signature.ts';
import { ClarityError } from '../../shared/errors.ts';
import type { HookAnswer } from '../../wire/answers.ts';
import { hookParams, noQuery, type HookParams } from '../../wire/requests.ts';
import { acceptBytes } from '../bodies.ts';
import type { RouteContext } from '../deps.ts';

/**
 * What a forge calls after a push: it only makes the source look (reconcile-behaviour §2). What the body says is never read. A caller without a
 * right signature learns nothing, not even which sources there are.
 */
export function hookRoutes(app: FastifyInstance, { runtime, hookSecretOf, clock }: RouteContext): void {
  // A scope of its own: the signature is over the bytes, whatever their type.
  void app.register((scope) => {
    acceptBytes(scope, clock);
    scope.post<{ Params: HookParams }>(
      '/hooks/:id',
      {
        schema: { params: hookParams, querystring: noQuery },
        config: { summary: 'Makes a source look again; signed by a forge.', answer: 'HookAnswer' },
      },
      async (request, reply): Promise<HookAnswer> => {
        const { id } = request.params;
        const secret = hookSecretOf(id);
        if (!isSignedHook(request.headers, bytesOf(request), secret)) throw refusal();
        runtime.refreshSoon(id);
        void reply.code(202);
        return Promise.resolve({ queued: true });
      },
    );
    return Promise.resolve();
  });
}

function bytesOf({ body }: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function refusal(): ClarityError {
  return new ClarityError('Unauthorized', 'the webhook is not signed with the secret of this source');
}
