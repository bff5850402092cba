import type { PlacedFinding } from './placed-finding.ts';

/** The line that a workflow shows as an annotation beside the place: `::error file=…,line=…,col=…,title=…::message`. */
export function githubAnnotation({ severity, code, message, ...place }: PlacedFinding): string {
  const { file, line, column, endLine, endColumn } = place;
  const listed = Object.entries({ file, line, endLine, col: column, endColumn, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${severity} ${listed.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
