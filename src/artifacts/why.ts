import { isAbsolute, relative, sep } from 'node:path';
import type { Why } from '../reconcile/ports.ts';
import { oneLine } from '../shared/text.ts';
import type { CompileOutcome } from './compile-job.ts';
import type { Recipe } from './recipe.ts';

/** The failures of the room as whole sentences that name the file and what to do; the reasons are those of reconcile/reasons.ts. */

/** A path as a person in the workspace writes it: relative where it lies inside, else absolute. */
export function display(workspace: string, path: string): string {
  const way = relative(workspace, path);
  return oneLine(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way, 500);
}

/** How messages name a module that the embedded compiler made. */
export function compiledFrom({ sourceFile }: Recipe): string {
  return `the module compiled from ${oneLine(sourceFile, 500)}`;
}

export function nothingToRun({ workspace, sourceFile, source, prebuilt }: Recipe): Why {
  const label = oneLine(sourceFile, 500);
  const noSource = source === undefined ? `its sourceFile "${label}" is no .clarity file` : `${label} is not there`;
  const message =
    prebuilt === undefined
      ? `There is nothing to run: ${noSource}, and spec.origin.wasmPath is not set; set one of the two (relative to ${workspace}).`
      : `There is nothing to run: the module ${display(workspace, prebuilt)} is not there, and ${noSource}; build the module, or correct spec.origin.wasmPath.`;
  return { reason: 'SourceNotFound', message };
}

export function sourceUnreadable({ workspace, sourceFile }: Recipe, trouble: string): Why {
  const label = oneLine(sourceFile, 500);
  const message = `The source file ${label} cannot be read in ${workspace}: ${oneLine(trouble, 500)}; create it or correct metadata.sourceFile.`;
  return { reason: 'SourceNotFound', message };
}

export function compileFailed({ sourceFile }: Recipe, { diagnostics, errors }: CompileOutcome): Why {
  const [first] = diagnostics;
  const more =
    errors > 1 ? ` There ${errors === 2 ? 'is 1 more error' : `are ${String(errors - 1)} more errors`}.` : '';
  const said =
    first === undefined
      ? oneLine(sourceFile)
      : `${oneLine(first.file, 500)}:${String(first.line)}:${String(first.column)}: ${oneLine(first.message, 500)}`;
  return {
    reason: 'CompileFailed',
    message: `${said}${more} Correct the source file; it is compiled when it is saved.`,
  };
}

export function artifactMismatch(name: string, pinned: string, hash: string): Why {
  const message = `The sha256 of ${name} is ${hash}, but metadata.artifactSha256 says ${oneLine(pinned, 100)}; restore the file, or correct artifactSha256 if the new one is meant.`;
  return { reason: 'ArtifactMismatch', message };
}

export function compilerFailed({ compiler, sourceFile }: Recipe, trouble: string): Why {
  const name = compiler === undefined ? 'The embedded compiler' : `The compiler "${oneLine(compiler.join(' '), 300)}"`;
  const todo =
    compiler === undefined
      ? 'make the source smaller or simpler, and report it'
      : 'correct spec.origin.compiler (or CLARITYC_BIN) or the source file';
  const message = `${name} could not make a module of ${oneLine(sourceFile, 500)}: it ${oneLine(trouble, 1500)}; ${todo}.`;
  return { reason: 'CompilerFailed', message };
}

export function artifactInvalid(name: string, trouble: string): Why {
  const message = `The module cannot be used: ${name}: ${oneLine(trouble, 500)}; build it again, or correct spec.origin.wasmPath.`;
  return { reason: 'ArtifactInvalid', message };
}
