import { parseManifests, renderGithub, toSarif, type ManifestFile } from '../../manifest/index.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { crossCheck } from '../cross-check.ts';
import { readManifestTexts } from '../manifest-files.ts';
import { renderFinding } from '../output/diagnostics.ts';
import { renderJson } from '../output/format.ts';

import type { Options } from '../commands/validate.ts';

interface Report {
  readonly valid: boolean;
  readonly files: number;
  readonly documents: number;
  readonly errors: number;
  readonly warnings: number;
  readonly items: readonly Diagnostic[];
}

/** The body of `clarityctl validate`. */
export async function runValidate(
  context: CommandContext,
  args: readonly string[],
  { strict = false }: Options,
): Promise<ExitCode> {
  const texts = await readManifestTexts(context.input, args.length === 0 ? ['services.d'] : args, 1);
  const files = texts.map(({ file, text }) => parseManifests(file, text));
  const report = summarise(files, strict);
  printReport(context, report);
  return report.valid ? EXIT.ok : EXIT.no;
}

function summarise(files: readonly ManifestFile[], strict: boolean): Report {
  const items = [...files.flatMap((file) => file.diagnostics), ...crossCheck(files)];
  const errors = items.filter((item) => item.severity === 'error').length;
  return {
    valid: errors === 0 && (!strict || items.length === 0),
    files: files.length,
    documents: files.reduce((sum, file) => sum + file.documents.length, 0),
    errors,
    warnings: items.length - errors,
    items,
  };
}

function printReport({ format, paint, print }: CommandContext, report: Report): void {
  if (format === 'json') return print(renderJson(report));
  if (format === 'sarif') return print(renderJson(toSarif(report.items)));
  if (format === 'github') return report.items.forEach((item) => print(renderGithub(item)));
  for (const item of report.items) print(`${renderFinding(item, paint)}\n`);
  const verdict = report.valid ? paint.green('valid') : paint.red('invalid');
  print(
    `${verdict}: ${count(report.files, 'file')}, ${count(report.documents, 'document')}, ` +
      `${count(report.errors, 'error')}, ${count(report.warnings, 'warning')}`,
  );
}

function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}
