/** What a client puts in the place of `${…}`. */
export type Reference =
  /** `${VAR}`, `${env:VAR}`, `${VAR:-default}`. */
  | { readonly kind: 'variable'; readonly name: string; readonly fallback?: string }
  /** `${input:id}` of VS Code: it asks the person. */
  | { readonly kind: 'input'; readonly id: string }
  /** `${workspaceFolder}`, `${userHome}` and what else clients know. */
  | { readonly kind: 'place'; readonly name: string };

const PLACES = new Set(['workspaceFolder', 'userHome', 'workspaceFolderBasename', 'pathSeparator', '/', 'cwd']);
const PATTERN = /\$\{([^{}]+)\}/g;

/** The reference that the whole text is; undefined where it is none. */
export function wholeReference(text: string): Reference | undefined {
  const [, inner] = /^\$\{([^{}]+)\}$/.exec(text) ?? [];
  return inner === undefined ? undefined : parse(inner);
}

/** Every reference in a text, in its order. */
export function referencesIn(text: string): readonly Reference[] {
  return [...text.matchAll(PATTERN)].map(([, inner = '']) => parse(inner));
}

/** The text with each reference put in by `resolve`; undefined where it does not know one. */
export function resolveReferences(
  text: string,
  resolve: (reference: Reference) => string | undefined,
): string | undefined {
  const unknown: string[] = [];
  const resolved = text.replace(PATTERN, (whole, inner: string) => {
    const value = resolve(parse(inner));
    if (value === undefined) unknown.push(inner);
    return value ?? whole;
  });
  return unknown.length === 0 ? resolved : undefined;
}

function parse(inner: string): Reference {
  const [, input] = /^input:(.+)$/.exec(inner) ?? [];
  if (input !== undefined) return { kind: 'input', id: input };
  if (PLACES.has(inner)) return { kind: 'place', name: inner };
  const [, name, fallback] = /^(?:env:)?([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inner) ?? [];
  if (name === undefined) return { kind: 'place', name: inner };
  return { kind: 'variable', name, ...(fallback === undefined ? {} : { fallback }) };
}
