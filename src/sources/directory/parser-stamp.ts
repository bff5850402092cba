import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../../package.json', import.meta.url));
/** Whatever may change what a text is parsed to, as it runs: built or from source. */
const ROOMS = ['manifest', 'shared'].map((room) => fileURLToPath(new URL(`../../${room}/`, import.meta.url)));

/** Changes with the parser of manifests: over package.json and the names, sizes and times of the files that it is made of. */
export async function parserStamp(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(PACKAGE));
  for (const room of ROOMS) {
    const names = await readdir(room, { recursive: true });
    for (const name of names.filter((each) => /\.[jt]s$/.test(each)).sort()) {
      const { size, mtimeMs } = await stat(join(room, name));
      hash.update(`${name} ${String(size)} ${String(mtimeMs)}\n`);
    }
  }
  return hash.digest('hex');
}
