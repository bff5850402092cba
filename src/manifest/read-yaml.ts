import { Composer, type CST, type Document, isMap, isScalar, type Node, Parser, type YAMLError } from 'yaml';
import type { JsonObject } from '../shared/json.ts';
import type { Finding } from './finding.ts';
import { plainYamlError } from './yaml-error.ts';
import { toJson } from './yaml-json.ts';

/** Deeper nesting is refused before the composer sees it: there it ends the process (a fatal error inside of the engine, not an exception). */
const MAX_DEPTH = 64;
const MAX_ERROR_TOKENS = 100;

/** One document of a file, as YAML sees it. */
export interface YamlDocument {
  /** Index among all documents of the file, empty ones too. */
  readonly index: number;
  /** The root node; undefined for an empty document. */
  readonly root: Node | undefined;
  readonly document: Document;
  /** The value, where it is a map without findings. */
  readonly raw: JsonObject | undefined;
  readonly findings: readonly Finding[];
}

/** Reads YAML 1.2 or JSON, several documents; never throws. A file that is nested too deep has one finding and no document. */
export function readYaml(text: string): { documents: readonly YamlDocument[]; findings: readonly Finding[] } {
  const tokens = parseTokens(text);
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    const message = `nested deeper than ${String(MAX_DEPTH)} levels`;
    return {
      documents: [],
      findings: [{ severity: 'error', code: 'YamlSyntax', message, range: { from: deep, to: deep + 1 } }],
    };
  }
  return { documents: compose(tokens, text.length).map(readDocument), findings: [] };
}

/** The concrete syntax. Ends early in a text that is no YAML at all: each error costs, and nobody reads the hundredth. */
function parseTokens(text: string): CST.Token[] {
  const tokens: CST.Token[] = [];
  let errors = 0;
  for (const token of new Parser().parse(text)) {
    tokens.push(token);
    if (token.type === 'error' && ++errors >= MAX_ERROR_TOKENS) break;
  }
  return tokens;
}

function compose(tokens: readonly CST.Token[], end: number): Document.Parsed[] {
  // Duplicate keys are found by yaml-json.ts: the library compares each key with every other, which is slow on large maps.
  const composer = new Composer({ version: '1.2', uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  return [...composer.compose(tokens, true, end)];
}

function readDocument(document: Document.Parsed, index: number): YamlDocument {
  const errors = [...document.errors, ...document.warnings].map(syntaxFinding);
  const root = document.contents ?? undefined;
  if (root === undefined || isEmpty(root))
    return { index, root: undefined, document, raw: undefined, findings: errors };
  const { value, findings } = toJson(root);
  const all = [...errors, ...findings];
  if (!isMap(root) && all.length === 0) {
    const [from, to] = root.range ?? [0, 1];
    const message = 'a manifest is a map of fields (apiVersion, kind, metadata, spec)';
    all.push({ severity: 'error', code: 'ManifestInvalid', message, range: { from, to } });
  }
  return { index, root, document, raw: all.length === 0 ? (value as JsonObject) : undefined, findings: all };
}

function isEmpty(root: Node): boolean {
  return isScalar(root) && root.value === null && (root.source ?? '') === '';
}

function syntaxFinding(error: YAMLError): Finding {
  const [from, to] = error.pos;
  return { severity: 'error', code: 'YamlSyntax', message: plainYamlError(error), range: { from, to } };
}

/** The offset of the first token below the allowed depth; walks with its own stack, since the depth is what it guards. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const stack: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    const { token, depth } = entry;
    if (depth > MAX_DEPTH) return token.offset;
    if (token.type === 'document' && token.value !== undefined) stack.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      for (const child of [item.key, item.value]) if (child) stack.push({ token: child, depth: depth + 1 });
    }
  }
  return undefined;
}
