import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Changes with the embedded compiler: over package.json and the names, sizes and times of its built files and of the bundled library.
 * Costs some hundred looks at the disk, so ask once.
 */
export async function compilerStamp(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(PACKAGE, 'package.json')));
  for (const folder of ['dist/compiler', 'src/compiler/std']) {
    const names = await readdir(join(PACKAGE, folder), { recursive: true });
    for (const name of names.filter((each) => /\.(js|clarity)$/.test(each)).sort()) {
      const { size, mtimeMs } = await stat(join(PACKAGE, folder, name));
      hash.update(`${name} ${String(size)} ${String(mtimeMs)}\n`);
    }
  }
  return hash.digest('hex');
}
