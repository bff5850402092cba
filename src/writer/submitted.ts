import {
  ANNOTATIONS,
  editDocument,
  parseManifests,
  toYaml,
  type Kind,
  type ManifestFile,
  type ParsedDocument,
} from '../manifest/index.ts';
import { ClarityError } from '../shared/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import type { DefaultLimits } from '../shared/limits.ts';

/** Parses a text for the writer. Throws ClarityError ManifestInvalid with data.diagnostics where anything in it is wrong. */
export function parseValid(file: string, text: string, limits: DefaultLimits | undefined): ManifestFile {
  const manifest = parseManifests(file, text, limits === undefined ? {} : { limits });
  const errors = manifest.diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return manifest;
  const message = `${first.file}:${String(first.line)}:${String(first.column)} ${first.message}`;
  throw new ClarityError('ManifestInvalid', message, { data: { diagnostics: errors as unknown as Json } });
}

/** The one document of a submitted text. Throws ClarityError ManifestInvalid, or BadRequest where it is not the document that was announced. */
export function parseSubmitted(
  request: { readonly kind: Kind; readonly name: string; readonly text: string },
  limits: DefaultLimits | undefined,
): ParsedDocument {
  const { kind, name, text } = request;
  const { documents } = parseValid(`${name}.yaml`, text, limits);
  const [document] = documents;
  if (document !== undefined && documents.length === 1 && document.kind === kind && document.name === name)
    return document;
  const found = documents.map((one) => `${one.kind} "${one.name}"`).join(', ') || 'no document';
  throw new ClarityError('BadRequest', `expected one document, ${kind} "${name}"; found ${found}`);
}

/** Who wrote a document last; undefined for a person (reconcile-behaviour §1.1). */
export function managerOf({ document }: ParsedDocument): string | undefined {
  return document.metadata.annotations[ANNOTATIONS.managedBy];
}

/** The document with its owner's name in the annotations, or without one. */
export function managedBy(raw: JsonObject, manager: string | undefined): JsonObject {
  const metadata = isJsonObject(raw.metadata) ? raw.metadata : {};
  const { [ANNOTATIONS.managedBy]: _, ...others } = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const annotations = manager === undefined ? others : { ...others, [ANNOTATIONS.managedBy]: manager };
  const { annotations: had, ...rest } = metadata;
  const keep = had !== undefined || Object.keys(annotations).length > 0;
  return { ...raw, metadata: keep ? { ...rest, annotations } : rest };
}

/** The text of a new file: as it was submitted, comments and all, with the owner's name; JSON becomes YAML. */
export function newText(text: string, document: ParsedDocument, manager: string | undefined): string {
  const yaml = /^\s*\{/.test(text) ? toYaml(document.raw) : text.endsWith('\n') ? text : `${text}\n`;
  if (manager === undefined) return yaml;
  const path = ['metadata', 'annotations', ANNOTATIONS.managedBy];
  return editDocument(yaml, document.index, { set: [{ path, value: manager }] });
}
