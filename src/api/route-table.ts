import type { FastifyInstance, RouteOptions } from 'fastify';
import type { RequestSchema } from '../wire/requests.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** One sentence for the reference. */
    summary?: string;
    /** The answer in the words of wire/. */
    answer?: string;
    /** The route is there to say that the method is not served. */
    refuses?: boolean;
    /** The route only says that its feature is not there yet. */
    pending?: boolean;
  }
}

/** A route as the reference and the refusals know it. */
export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly summary: string;
  readonly answer: string;
  readonly pending: boolean;
  readonly params?: RequestSchema;
  readonly query?: RequestSchema;
  readonly body?: RequestSchema;
}

/** Every route that is registered after `watch`, whoever registers it. */
export class RouteTable {
  readonly #routes: { entry: RouteEntry; pattern: RegExp }[] = [];

  /** Must be called before the first route. */
  watch(app: FastifyInstance): void {
    app.addHook('onRoute', (route) => {
      if (route.config?.refuses === true) return;
      for (const method of [route.method].flat())
        this.#routes.push({ entry: entryOf(method, route), pattern: patternOf(route.url) });
    });
  }

  get entries(): readonly RouteEntry[] {
    return this.#routes.map(({ entry }) => entry);
  }

  /** The methods that the path has routes for; none for an unknown path. */
  methodsOf(path: string): string[] {
    const methods = this.#routes.filter(({ pattern }) => pattern.test(path)).map(({ entry }) => entry.method);
    return [...new Set(methods)].sort();
  }
}

function entryOf(method: string, route: RouteOptions): RouteEntry {
  const { params, querystring, body } = (route.schema ?? {}) as Record<string, RequestSchema | undefined>;
  return {
    method,
    url: route.url,
    summary: route.config?.summary ?? '',
    answer: route.config?.answer ?? '',
    pending: route.config?.pending ?? false,
    ...(params === undefined ? {} : { params }),
    ...(querystring === undefined ? {} : { query: querystring }),
    ...(body === undefined ? {} : { body }),
  };
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.+^${}()|[\]\\?*]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
