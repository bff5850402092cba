import type { FastifyInstance } from 'fastify';
import type { RouteContext } from '../deps.ts';

/** An open ring on dark ground. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" rx="8" fill="#122b4a"/>
<path d="M46 22A17.3 17.3 0 1 0 46 42" fill="none" stroke="#f2c14e" stroke-width="9"/>
</svg>
`;

/** The same as a PNG of 64 by 64. */
const PNG = Buffer.from(
  [
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAABlBMVEUSK0rywU5cBJE1AAAAh0lEQVR42rVRMQ6AIAyUMDj6BHyCP+BjJvI0n8',
    'ITHBmMJ7R4TDqY0IFe0vZ6PYahZ4yxgu3SbIFdK4DWHJAEeODUXkC7kaNkU0CQ6eRk3mK3UJpgpHnK7yogkywPmGVDqiLc8Qp8/AM+CLmUMpqw',
    'RyrF8xweyJNpQrOFRtE6mkl7aXj7gj5xA9IgXfszkMriAAAAAElFTkSuQmCC',
  ].join(''),
  'base64',
);

const ICONS = [
  { url: '/favicon.svg', type: 'image/svg+xml', body: SVG },
  { url: '/favicon.ico', type: 'image/png', body: PNG },
  { url: '/favicon.png', type: 'image/png', body: PNG },
  { url: '/apple-touch-icon.png', type: 'image/png', body: PNG },
] as const;

/** Icons of the page, open as it is (original contract §1a). */
export function faviconRoutes(app: FastifyInstance, _context: RouteContext): void {
  for (const { url, type, body } of ICONS)
    app.get(url, { config: { summary: 'The icon of the page.', answer: type } }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=86400').type(type).send(body),
    );
}
