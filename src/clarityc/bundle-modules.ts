import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const IMPORT = /^import (?:(\{[^}]*\}|\* as \w+) from )?["']([^"']+)["'];$/gm;
const REEXPORT = /^export (?:\{[^}]*\}|\*)(?: from ["'][^"']+["'])?;$/m;
const EXPORT = /^export (?:async )?(?:class|const|function\*?) (\w+)/gm;

/**
 * One script out of a built ES module and all that it imports: each module is a function that gives its exports, in the order of
 * their dependence; `entry` has those of the first. Knows the forms that our own build has, and throws for any other: a re-export, a package, a circle.
 */
export function bundleModules(entry: string, read: (path: string) => string = readModule): string {
  const names = new Map<string, string>();
  const parts: string[] = [];
  const open = new Set<string>();
  const add = (path: string): string => {
    const known = names.get(path);
    if (known !== undefined) return known;
    if (open.has(path)) throw new Error(`${path} imports itself`);
    open.add(path);
    const body = wrap(path, read(path), (specifier) =>
      specifier.startsWith('node:') ? nodeModule(specifier, names, parts) : add(resolve(dirname(path), specifier)),
    );
    const name = `m${String(names.size)}`;
    names.set(path, name);
    parts.push(`const ${name} = ${body};`);
    return name;
  };
  const last = add(entry);
  return [...parts, `const entry = ${last};`, ''].join('\n');
}

function readModule(path: string): string {
  return readFileSync(path, 'utf8');
}

function nodeModule(specifier: string, names: Map<string, string>, parts: string[]): string {
  const known = names.get(specifier);
  if (known !== undefined) return known;
  const name = `m${String(names.size)}`;
  names.set(specifier, name);
  parts.unshift(`import * as ${name} from '${specifier}';`);
  return name;
}

function wrap(path: string, text: string, nameOf: (specifier: string) => string): string {
  const foreign = REEXPORT.exec(text)?.[0] ?? /import\.meta|\bimport\(|^export default/m.exec(text)?.[0];
  if (foreign !== undefined) throw new Error(`${path} cannot be packed: ${foreign}`);
  const exported = [...text.matchAll(EXPORT)].map(([, name]) => name);
  const body = text
    .replace(IMPORT, (_, what: string | undefined, specifier: string) => {
      if (!specifier.startsWith('.') && !specifier.startsWith('node:'))
        throw new Error(`${path} cannot be packed: it imports ${specifier}`);
      const name = nameOf(specifier);
      if (what === undefined) return '';
      return `const ${what.startsWith('*') ? what.slice(5) : what.replaceAll(' as ', ': ')} = ${name};`;
    })
    .replace(/^export (?=(?:async )?(?:class|const|function))/gm, '')
    .replace(/^\/\/# sourceMappingURL=.*$/gm, '');
  const left = /^(?:import|export) .*$/m.exec(body)?.[0];
  if (left !== undefined) throw new Error(`${path} cannot be packed: ${left}`);
  return `(() => {\n${body.trimEnd()}\nreturn { ${exported.join(', ')} };\n})()`;
}
