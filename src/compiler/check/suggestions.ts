import { suggest } from '../../shared/suggest.ts';
import { BUILTIN_NAMES } from '../builtins/builtin.ts';
import { foreignWordHelp } from '../syntax/foreign-words.ts';
import { SCALARS } from '../types/type.ts';
import { FOREIGN_TYPES, FOREIGN_VALUES } from './foreign-words.ts';
import type { ModuleScope } from './module-scope.ts';
import { standardModulesOf } from '../modules/standard-names.ts';

/** Names that one compilation compares with unknown ones at most: what finds a typing error must not take minutes in a generated file. */
const MAX_COMPARISONS = 200_000;

/** Every shorter name looks like every other, and nobody types a longer one. */
const SHORTEST = 3;
const LONGEST = 200;

/** Types that every module has without an import. */
export const BUILT_IN_TYPES = [...Object.keys(SCALARS), 'List', 'Map', 'Option', 'Result'];
const BUILT_IN_VALUES = [...BUILTIN_NAMES, 'Some', 'None', 'Ok', 'Err'];

/** Makes the help of messages about names that are not there. */
export class Suggestions {
  #left = MAX_COMPARISONS;

  /** For a name in an expression: the idiom for a word of another language, an import of the library, or a name that looks alike. */
  forValue(name: string, scope: ModuleScope, locals: Iterable<string>): string | undefined {
    const idiom = FOREIGN_VALUES.get(name) ?? foreignWordHelp(name);
    if (idiom !== undefined) return idiom;
    const library = importHelp(name);
    if (library !== undefined) return library;
    if (scope.type(name) !== undefined || BUILT_IN_TYPES.includes(name)) return valueHelp(name, scope);
    return this.nearest(name, locals, scope.valueNames(), BUILT_IN_VALUES);
  }

  /** For a name in a type. */
  forType(name: string, scope: ModuleScope, params: Iterable<string>): string | undefined {
    const idiom = FOREIGN_TYPES.get(name);
    if (idiom !== undefined) return idiom;
    return importHelp(name) ?? this.nearest(name, params, scope.typeNames(), BUILT_IN_TYPES);
  }

  /** Whether so many comparisons may still be made; counts them. */
  affords(comparisons: number): boolean {
    this.#left -= comparisons;
    return this.#left >= 0;
  }

  /** `Did you mean …?` where one of the candidates looks like the name. */
  nearest(name: string, ...candidates: readonly Iterable<string>[]): string | undefined {
    if (name.length < SHORTEST || name.length > LONGEST) return undefined;
    const found = suggest(name, this.#afforded(candidates));
    return found === undefined ? undefined : `Did you mean \`${found}\`?`;
  }

  *#afforded(groups: readonly Iterable<string>[]): Generator<string> {
    for (const names of groups)
      for (const name of names) {
        if (!this.affords(1)) return;
        yield name;
      }
  }
}

/** How a value of a type is made, for its name where a value was expected. */
function valueHelp(name: string, scope: ModuleScope): string {
  const symbol = scope.type(name);
  if (symbol?.kind === 'nominal' && symbol.decl.kind === 'record') {
    const fields = symbol.decl.fields.map((field) => `${field.name}: …`).join(', ');
    return `A value of the record \`${name}\` is written without its name: \`{ ${fields} }\`.`;
  }
  if (name === 'List') return 'Write `[a, b, c]`.';
  if (name === 'Map') return 'Write `map_set(map_new(), key, value)`.';
  return `\`${name}\` is a type; a value is made by a literal or by one of its variants.`;
}

/** The import to write for a name of the standard library. */
function importHelp(name: string): string | undefined {
  const modules = standardModulesOf(name);
  const [first, ...more] = modules;
  if (first === undefined) return undefined;
  const others = more.length === 0 ? '' : ` (${more.join(' and ')} ${more.length === 1 ? 'has' : 'have'} one, too)`;
  return `Write \`import { ${name} } from "${first}"\` at the top of the file${others}.`;
}
