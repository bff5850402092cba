import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import type { CompilerDiagnostic } from '../compiler/diagnostics/reporter.ts';
import { describeInterface } from '../compiler/interface/describe.ts';
import { encodeInterface } from '../compiler/interface/encode.ts';
import { errorMessage } from '../shared/errors.ts';
import { checkFile, compileFile } from '../toolchain/compile-file.ts';
import { fileStamp, SourceReader } from '../toolchain/source-reader.ts';
import type { CompileJob, CompileOutcome, CompileReply } from './compile-job.ts';
import { whyUnreadable } from './file-content.ts';
import { presentDiagnostic } from './present-diagnostic.ts';

/** The whole list of a broken file helps nobody. */
const MAX_DIAGNOSTICS = 100;
/** Files that are watched for one service: each costs a look at every reconcile. */
const MAX_INPUTS = 5000;
/** The bundled library belongs to the compiler and changes with it only (compiler-stamp.ts). */
const STD = canonical(fileURLToPath(new URL('../../src/compiler/std/', import.meta.url))) + sep;

/** The code of the thread that compiles (compile-thread.ts): a job in, a reply out, one after the other. */
parentPort?.on('message', (job: CompileJob) => {
  const reply = answer(job);
  const wasm = 'outcome' in reply ? reply.outcome.wasm : undefined;
  parentPort?.postMessage(reply, wasm === undefined ? [] : [wasm.buffer as ArrayBuffer]);
});

function answer(job: CompileJob): CompileReply {
  const before = fileStamp(job.source);
  try {
    return { outcome: job.work === 'compile' ? compiled(job, before) : checked(job, before) };
  } catch (error) {
    const unreadable = whyNotRead(job.source);
    if (unreadable === undefined) return { crash: errorMessage(error) };
    return { outcome: { diagnostics: [], errors: 0, inputs: new Map([[resolve(job.source), before]]), unreadable } };
  }
}

function compiled(job: CompileJob, before: string): CompileOutcome {
  const { wasm, diagnostics, inputs } = compileFile(job.source);
  const found = { ...findings(diagnostics, job), inputs: watched(inputs, job, before) };
  // A copy: what the compiler gives is a part of a larger buffer.
  return wasm === undefined ? found : { ...found, wasm: wasm.slice() };
}

function checked(job: CompileJob, before: string): CompileOutcome {
  const { program, diagnostics, inputs } = checkFile(job.source);
  const found = { ...findings(diagnostics, job), inputs: watched(inputs, job, before) };
  return program === undefined ? found : { ...found, interface: encodeInterface(describeInterface(program)) };
}

function findings(
  diagnostics: readonly CompilerDiagnostic[],
  { identity, workspace }: CompileJob,
): Pick<CompileOutcome, 'diagnostics' | 'errors'> {
  const from = canonical(workspace);
  return {
    diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS).map((finding) => presentDiagnostic(finding, identity, from)),
    errors: diagnostics.filter(({ severity }) => severity === 'error').length,
  };
}

/** The source also by the path of the manifest: a link that is pointed elsewhere is a change. */
function watched(inputs: ReadonlyMap<string, string>, { source }: CompileJob, before: string): Map<string, string> {
  const all = [[source, before] as const, ...inputs];
  return new Map(all.filter(([path]) => !path.startsWith(STD)).slice(0, MAX_INPUTS));
}

function whyNotRead(path: string): string | undefined {
  try {
    new SourceReader().read(path);
    return undefined;
  } catch (error) {
    return whyUnreadable(error);
  }
}

function canonical(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    // Gone meanwhile: then nothing lies inside, and paths are shown whole.
    return resolve(path);
  }
}
