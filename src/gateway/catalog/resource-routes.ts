import type { Identity } from '../../reconcile/ports.ts';
import type { ExposedList, Route } from './exposed-list.ts';
import { parseTemplate, templateMatches, type UriTemplate } from './uri-template.ts';
import { unwrapUri, wrapPrefix, wrapUri } from './wrapped-uri.ts';

interface OwnedTemplate {
  readonly template: UriTemplate;
  readonly identity: Identity;
}

/** Finds the service behind a URI: listed, wrapped, of a template, of a scheme (mcp-gateway §3.3). Immutable. */
export class ResourceRoutes {
  readonly #listed: ExposedList;
  readonly #namespaces: ReadonlyMap<Identity, string>;
  readonly #prefixes: ReadonlyMap<string, Identity>;
  readonly #templates: readonly OwnedTemplate[];
  readonly #schemes = new Map<string, Identity>();

  /** `namespaces`: of every service of the scope. */
  constructor(resources: ExposedList, templates: ExposedList, namespaces: ReadonlyMap<Identity, string>) {
    this.#listed = resources;
    this.#namespaces = namespaces;
    this.#prefixes = new Map([...namespaces].map(([identity, namespace]) => [wrapPrefix(namespace), identity]));
    this.#templates = templates.rows.map(({ key, route }) => ({
      template: parseTemplate(key),
      identity: route.identity,
    }));
    for (const { key, route } of [...resources.rows, ...templates.rows]) {
      const scheme = schemeOf(key);
      if (scheme !== undefined && !this.#schemes.has(scheme)) this.#schemes.set(scheme, route.identity);
    }
  }

  /** Where to read the URI; `upstreamKey` is the URI that the service knows. Undefined where nobody can own it. */
  resolve(uri: string): Route | undefined {
    const scheme = schemeOf(uri);
    return this.#certain(uri) ?? routeTo(scheme === undefined ? undefined : this.#schemes.get(scheme), uri);
  }

  /** The URI by which a client reaches what the service calls `uri`: wrapped where the plain form would reach another. */
  exposed(uri: string, identity: Identity): string {
    const owner = this.#certain(uri)?.identity;
    const namespace = this.#namespaces.get(identity);
    return owner === undefined || owner === identity || namespace === undefined ? uri : wrapUri(namespace, uri);
  }

  #certain(uri: string): Route | undefined {
    const listed = this.#listed.route(uri);
    if (listed !== undefined) return listed;
    const unwrapped = unwrapUri(uri);
    const owner = unwrapped && this.#prefixes.get(unwrapped.prefix);
    if (unwrapped !== undefined && owner !== undefined) return { identity: owner, upstreamKey: unwrapped.uri };
    return routeTo(this.#templates.find(({ template }) => templateMatches(template, uri))?.identity, uri);
  }
}

function routeTo(identity: Identity | undefined, upstreamKey: string): Route | undefined {
  return identity === undefined ? undefined : { identity, upstreamKey };
}

function schemeOf(uri: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
}
