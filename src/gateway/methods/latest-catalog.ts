import type { Call } from '../call.ts';
import type { Catalog } from '../catalog/catalog.ts';

/** For what the catalogue of the call does not hold: its services may offer it to clients like this one, and not have been asked yet. */
export async function latestCatalog({ catalog, latestCatalog: latest }: Call): Promise<Catalog> {
  return (await latest?.()) ?? catalog;
}
