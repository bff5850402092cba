import { readFileSync } from 'node:fs';

/** The version of the package; src/config and dist/config lie equally deep below it. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
