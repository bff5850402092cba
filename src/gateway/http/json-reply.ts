import type { FastifyReply } from 'fastify';
import type { JsonText } from '../call.ts';

/** Sends what is JSON already; no cache may keep it. */
export function sendJson(reply: FastifyReply, json: JsonText): FastifyReply {
  return reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').send(json);
}
