import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** Where something stands, for a message that a person can click on: `src/store/migrate.ts:12`. */
export interface Mention {
  readonly name: string;
  readonly at: string;
}

export interface Import extends Mention {
  /** `name` is a path below src (`reconcile/ports.ts`) where true, else a package or `node:` module. */
  readonly own: boolean;
  readonly typeOnly: boolean;
  /** `import(…)`: loaded only where the line is reached. */
  readonly lazy: boolean;
}

/** One source file as the laws of the architecture see it. */
export interface SourceFile {
  /** Below src: `drivers/stdio/spawn.ts`. */
  readonly path: string;
  /** First folder, or the file itself at the top: `drivers`, `daemon.ts`. */
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Globals it reads or calls, as written: `process.env`, `Date.now`, `setTimeout`, `new Date()`. */
  readonly globals: readonly Mention[];
}

const SRC = join(import.meta.dirname, '../../src');

/** Every TypeScript file below src, parsed (not type-checked). */
export function readSourceTree(): SourceFile[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .sort()
    .map(readSourceFile);
}

/** The folders directly below src. */
export function rooms(): string[] {
  return readdirSync(SRC, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function readSourceFile(path: string): SourceFile {
  const text = readFileSync(join(SRC, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const globals: Mention[] = [];
  const at = (node: ts.Node) => `src/${path}:${String(tree.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`;
  const addImport = (specifier: ts.Node, typeOnly: boolean, lazy = false) => {
    if (!ts.isStringLiteral(specifier)) return;
    const own = specifier.text.startsWith('.');
    const name = own ? relative(SRC, join(SRC, dirname(path), specifier.text)) : packageName(specifier.text);
    imports.push({ name, own, typeOnly, lazy, at: at(specifier) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) addImport(node.moduleSpecifier, onlyTypes(node));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) addImport(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) addImport(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0])
      addImport(node.arguments[0], false, true);
    const name = globalName(node);
    if (name !== undefined) globals.push({ name, at: at(node) });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, room: path.split('/')[0]!, lines: text.split('\n').length - 1, imports, globals };
}

/** `import type …`, or braces in which every name says `type`. */
function onlyTypes(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((e) => e.isTypeOnly);
}

function globalName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) return node.getText();
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return node.expression.text;
  if (ts.isNewExpression(node) && !node.arguments?.length) return `new ${node.expression.getText()}()`;
  return undefined;
}

function packageName(specifier: string): string {
  return specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
}
