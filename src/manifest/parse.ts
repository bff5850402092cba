import type { Diagnostic } from '../shared/diagnostic.ts';
import type { JsonObject } from '../shared/json.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import { checkDocument } from './checks.ts';
import { SourceText } from './code-frame.ts';
import { applyDefaults, declaredName } from './defaults.ts';
import { diagnose } from './diagnostics.ts';
import type { Finding } from './finding.ts';
import { contentHash, specHash } from './hash.ts';
import { Locator } from './locate.ts';
import { maskText } from './mask-text.ts';
import { notSupportedYet } from './not-supported-yet.ts';
import { readYaml, type YamlDocument } from './read-yaml.ts';
import type { Document, Kind } from './types.ts';
import { validateSchema } from './validate.ts';

/** One valid document of a file. */
export interface ParsedDocument {
  readonly kind: Kind;
  readonly name: string;
  /** Index among the documents of the file, empty ones counted. */
  readonly index: number;
  /** 1-based line of its first field. */
  readonly line: number;
  /** With every default filled in. */
  readonly document: Document;
  /** As written. */
  readonly raw: JsonObject;
  readonly specHash: string;
}

export interface ManifestFile {
  readonly file: string;
  /** `sha256:<hex>` of the text. */
  readonly contentHash: string;
  /** Empty where any document has an error. */
  readonly documents: readonly ParsedDocument[];
  /** By position, at most ten and one that counts the rest. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a manifest file: YAML 1.2 or JSON, several documents. Never throws; one error anywhere rejects the whole file, warnings do not.
 * `file` only appears in the diagnostics. A file without documents is valid.
 */
export function parseManifests(file: string, text: string, options: { limits?: DefaultLimits } = {}): ManifestFile {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const { documents: yamlDocuments, findings } = readYaml(plain);
  const source = new SourceText(plain);
  const checked = yamlDocuments.map(check);
  const named = [
    ...findings.map((finding) => ({ finding, name: undefined })),
    ...checked.flatMap(({ findings: own, name }) => own.map((finding) => ({ finding, name }))),
    ...duplicates(checked, source),
  ];
  const valid = named.every(({ finding }) => finding.severity === 'warning');
  const documents = valid ? checked.flatMap((one) => parsed(one, source, options.limits)) : [];
  const diagnostics = named.length === 0 ? [] : render(named, file, new SourceText(maskText(plain, yamlDocuments)));
  return { file, contentHash: contentHash(text), documents, diagnostics };
}

interface Checked {
  readonly yaml: YamlDocument;
  readonly locator: Locator;
  readonly name: string | undefined;
  readonly findings: readonly Finding[];
}

function check(yaml: YamlDocument): Checked {
  const locator = new Locator(yaml.document);
  if (yaml.raw === undefined) return { yaml, locator, name: undefined, findings: yaml.findings };
  const schema = validateSchema(yaml.raw, locator);
  const findings =
    schema.length > 0 ? schema : [...checkDocument(yaml.raw, locator), ...notSupportedYet(yaml.raw, locator)];
  return { yaml, locator, name: declaredName(yaml.raw), findings };
}

interface NamedFinding {
  readonly finding: Finding;
  readonly name: string | undefined;
}

/** A second document of one kind and name: an error that names both places. */
function duplicates(checked: readonly Checked[], source: SourceText): NamedFinding[] {
  const first = new Map<string, number>();
  return checked.flatMap(({ yaml, locator, name }) => {
    const kind = yaml.raw?.kind;
    if (name === undefined || typeof kind !== 'string') return [];
    const range = locator.value(['metadata', 'name']);
    const { line } = source.position(range.from);
    const before = first.get(`${kind}/${name}`);
    if (before === undefined) {
      first.set(`${kind}/${name}`, line);
      return [];
    }
    const message = `${kind} "${name}" is declared twice in this file: on line ${String(before)} and on line ${String(line)}`;
    return [{ name, finding: { severity: 'error', code: 'Conflict', message, range } as const }];
  });
}

function parsed({ yaml, locator, name }: Checked, source: SourceText, limits?: DefaultLimits): ParsedDocument[] {
  if (yaml.raw === undefined || name === undefined) return [];
  const document = applyDefaults(yaml.raw, limits);
  const { line } = source.position(locator.key([]).from);
  return [
    { kind: document.kind, name, index: yaml.index, line, document, raw: yaml.raw, specHash: specHash(document) },
  ];
}

const MAX_DIAGNOSTICS = 10;

/** By position; where there are too many, errors are kept before warnings. */
function render(named: readonly NamedFinding[], file: string, source: SourceText): Diagnostic[] {
  const byPlace = (a: NamedFinding, b: NamedFinding) => a.finding.range.from - b.finding.range.from;
  const sorted = [...named].sort(byPlace);
  const errors = sorted.filter(({ finding }) => finding.severity === 'error');
  const ranked = [...errors, ...sorted.filter(({ finding }) => finding.severity === 'warning')];
  const shown = ranked.slice(0, MAX_DIAGNOSTICS).sort(byPlace);
  const [next] = ranked.slice(MAX_DIAGNOSTICS);
  const rest = next && {
    ...next,
    finding: { ...next.finding, message: `and ${String(ranked.length - MAX_DIAGNOSTICS)} more` },
  };
  return [...shown, ...(rest ? [rest] : [])].map(({ finding, name }) => diagnose(finding, file, source, name));
}
