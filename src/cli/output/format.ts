import type { JsonObject } from '../../shared/json.ts';

/** What -o may say; each command allows some of them. */
export type OutputFormat = 'table' | 'wide' | 'json' | 'yaml' | 'name' | 'text' | 'github' | 'sarif';

/** A value as text of one form, without a line feed at the end. */
export type DataRenderer = (value: object) => string;

/** A value as JSON (two spaces), safe for a terminal. */
export const renderJson: DataRenderer = (value) => escapeControls(JSON.stringify(value, undefined, 2));

/**
 * How to print data with -o; undefined where the format is no form of data. YAML is loaded only where it is wanted: it takes longer
 * than most answers. Both escape control characters themselves, so the text is safe for a terminal.
 */
export async function dataRenderer(format: OutputFormat): Promise<DataRenderer | undefined> {
  if (format === 'json') return renderJson;
  if (format !== 'yaml') return undefined;
  const { toYaml } = await import('../../manifest/index.ts');
  return (value) => toYaml(JSON.parse(JSON.stringify(value)) as JsonObject).trimEnd();
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
