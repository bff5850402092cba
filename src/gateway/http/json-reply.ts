import type { FastifyReply } from 'fastify';

/** Sends text that is JSON already; no cache may keep it. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').send(json);
}
