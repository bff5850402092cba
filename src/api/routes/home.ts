import type { FastifyInstance, FastifyReply } from 'fastify';
import type { RouteContext } from '../deps.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Clarity Runtime</title>
</head>
<body>
<h1>Clarity Runtime</h1>
<p>This daemon runs. Point an MCP client at <code>/mcp</code>; one service alone is at <code>/mcp/s/NAME</code>.</p>
<p>On the command line: <code>clarityctl get</code> shows the services, <code>clarityctl describe NAME</code> one of them,
<code>clarityctl events -w</code> what happens.</p>
<ul>
<li><code>GET /healthz</code>, <code>GET /readyz</code>: is it up, is it ready</li>
<li><code>GET /metrics</code>: its metrics, for Prometheus</li>
<li><code>GET /api/status</code>: the daemon and its fleet</li>
<li><code>GET /api/services</code>: the services</li>
<li><code>GET /api/events</code>: what happens, as server-sent events</li>
<li><code>GET /schemas/mcp-service-v1.schema.json</code>: the schema of a manifest</li>
<li><code>GET /openapi.json</code>: this API for generators of clients</li>
</ul>
</body>
</html>
`;

/** A static page that says where everything is; it knows nothing of the fleet, so it is open without a token. */
export function homeRoutes(app: FastifyInstance, _context: RouteContext): void {
  const answer = (reply: FastifyReply) =>
    reply
      .header(
        'content-security-policy',
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      )
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(PAGE);
  for (const url of ['/', '/status'])
    app.get(url, { config: { summary: 'A page that names the endpoints.', answer: 'HTML' } }, (_request, reply) =>
      answer(reply),
    );
}
