import { Composer, type CST, type Document, isScalar, type Node, Parser, type YAMLError } from 'yaml';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
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

function compose(tokens: readonly CST.Token[], end: number): Document[] {
  // Duplicate keys are found by yaml-json.ts: the library compares each key with every other, which is slow on large maps.
  const composer = new Composer({ version: '1.2', uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  return [...composer.compose(tokens, true, end)];
}

function readDocument(document: Document, index: number): YamlDocument {
  const read = { index, root: document.contents ?? undefined, document, raw: undefined };
  const errors = [...document.errors, ...document.warnings].map(syntaxFinding);
  if (read.root === undefined || isEmpty(read.root)) return { ...read, root: undefined, findings: errors };
  // What does not parse is not looked at further: that would only repeat itself in other words.
  if (errors.length > 0) return { ...read, findings: errors };
  const { value, findings } = toJson(read.root);
  if (findings.length > 0) return { ...read, findings };
  if (isJsonObject(value)) return { ...read, raw: value, findings };
  const [from, to] = read.root.range ?? [0, 1];
  const message = 'a manifest is a map of fields (apiVersion, kind, metadata, spec)';
  return { ...read, findings: [{ severity: 'error', code: 'ManifestInvalid', message, range: { from, to } }] };
}

function isEmpty(root: Node): boolean {
  return isScalar(root) && root.value === null && !root.source;
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
