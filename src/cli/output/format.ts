import { toYaml } from '../../manifest/index.ts';
import type { JsonObject } from '../../shared/json.ts';

/** What -o may say; each command allows some of them. */
export type OutputFormat = 'table' | 'wide' | 'json' | 'yaml' | 'name' | 'text' | 'github' | 'sarif';

/**
 * A value as JSON (two spaces) or YAML, without a line feed at the end.
 * Both escape control characters themselves, so the text is safe for a terminal.
 */
export function renderData(value: object, format: 'json' | 'yaml'): string {
  if (format === 'json') return escapeControls(JSON.stringify(value, undefined, 2));
  return toYaml(JSON.parse(JSON.stringify(value)) as JsonObject).trimEnd();
}

/** A value as JSON on one line, safe for a terminal: one of many that follow each other. */
export function renderJsonLine(value: object): string {
  return escapeControls(JSON.stringify(value));
}

/** JSON may carry C1 controls and bidi overrides unescaped; a terminal would obey them. */
function escapeControls(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
