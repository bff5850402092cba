import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash, type Hash } from 'node:crypto';
import { customSection } from '../compiler/interface/custom-section.ts';
import { INTERFACE_SECTION } from '../compiler/interface/interface.ts';
import type { Why } from '../reconcile/ports.ts';
import { DeadlineError } from '../shared/abort.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import { errorMessage } from '../shared/errors.ts';
import { fileStamp } from '../toolchain/source-reader.ts';
import type { ArtifactsDeps } from './artifacts.ts';
import type { Cache } from './cache.ts';
import type { CompileJob, CompileOutcome } from './compile-job.ts';
import type { CompileThread } from './compile-thread.ts';
import { customSectionBytes } from './custom-section-bytes.ts';
import { readContent, whyUnreadable } from './file-content.ts';
import { importNames } from './import-names.ts';
import type { ArtifactLimits } from './limits.ts';
import { runCompiler } from './outside-compiler.ts';
import type { Recipe } from './recipe.ts';
import * as why from './why.ts';

/** Largest module in bytes. */
const MAX_MODULE_BYTES = 64 * 1024 * 1024;

/** What following a recipe gave: a module, or a failure. */
export interface Made {
  /** Every file that was read or looked for with its stamp. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  readonly module?: MadeModule;
  readonly failure?: Why;
  /** The failure may go away although no input changes. */
  readonly mayPass?: true;
}

export interface MadeModule {
  readonly bytes: Uint8Array;
  /** Hex sha256 of the bytes. */
  readonly hash: string;
  readonly imports: readonly string[];
}

/** A module as a compiler, or somebody else, made it. */
interface RawModule {
  readonly bytes: Uint8Array;
  readonly sha256: Hash;
  /** How messages name it. */
  readonly name: string;
}

/** Follows recipes: compiles, or reads what is prebuilt, and checks it. Keeps nothing. */
export class ModuleMaker {
  constructor(
    private readonly deps: ArtifactsDeps,
    private readonly limits: ArtifactLimits,
    private readonly thread: CompileThread,
    private readonly cache: Cache,
  ) {}

  /** Rejects with ClarityError StateUnusable, or when the signal fires. */
  async make(recipe: Recipe, signal: AbortSignal): Promise<Made> {
    const { source, prebuilt } = recipe;
    const inputs = new Map<string, string>();
    if (prebuilt !== undefined) {
      inputs.set(prebuilt, fileStamp(prebuilt));
      if (existsSync(prebuilt)) return this.#fromPrebuilt(recipe, { path: prebuilt, inputs }, signal);
    }
    if (source === undefined) return { inputs, diagnostics: [], failure: why.nothingToRun(recipe) };
    // Before the look at the source: it may come between the two.
    inputs.set(source, fileStamp(source));
    if (prebuilt !== undefined && !existsSync(source))
      return { inputs, diagnostics: [], failure: why.nothingToRun(recipe) };
    const made =
      recipe.compiler === undefined
        ? await this.#compile(recipe, source, signal)
        : await this.#compileOutside(recipe, { source, compiler: recipe.compiler }, signal);
    return { ...made, inputs: new Map([...inputs, ...made.inputs]) };
  }

  async #fromPrebuilt(
    recipe: Recipe,
    { path, inputs }: { readonly path: string; readonly inputs: ReadonlyMap<string, string> },
    signal: AbortSignal,
  ): Promise<Made> {
    const raw = await readRaw(path, recipe.workspace);
    if ('failure' in raw) return { inputs, diagnostics: [], failure: raw.failure };
    const wantsInterface = customSection(raw.bytes, INTERFACE_SECTION) === undefined;
    const checked =
      wantsInterface && recipe.source !== undefined
        ? await this.#ask({ work: 'check', source: recipe.source }, recipe, signal)
        : undefined;
    const outcome = checked !== undefined && 'inputs' in checked ? checked : undefined;
    const made = finish(recipe, raw, outcome?.interface);
    return { ...made, inputs: new Map([...(outcome?.inputs ?? []), ...inputs]), diagnostics: [] };
  }

  async #compile(recipe: Recipe, source: string, signal: AbortSignal): Promise<Made> {
    const outcome = await this.#ask({ work: 'compile', source }, recipe, signal);
    if ('failure' in outcome) return { ...outcome, inputs: new Map(), diagnostics: [], mayPass: true };
    const { wasm, inputs, diagnostics } = outcome;
    if (outcome.unreadable !== undefined)
      return { inputs, diagnostics, failure: why.sourceUnreadable(recipe, outcome.unreadable) };
    if (wasm === undefined) return { inputs, diagnostics, failure: why.compileFailed(recipe, outcome) };
    const raw = { bytes: wasm, sha256: createHash('sha256').update(wasm), name: why.compiledFrom(recipe) };
    return { ...finish(recipe, raw, undefined), inputs, diagnostics };
  }

  async #compileOutside(
    recipe: Recipe,
    { source, compiler }: Pick<Required<Recipe>, 'source' | 'compiler'>,
    signal: AbortSignal,
  ): Promise<Made> {
    const checked = await this.#ask({ work: 'check', source }, recipe, signal);
    const outcome: CompileOutcome = 'inputs' in checked ? checked : { diagnostics: [], errors: 0, inputs: new Map() };
    const { inputs, diagnostics } = outcome;
    if (outcome.unreadable !== undefined)
      return { inputs, diagnostics, failure: why.sourceUnreadable(recipe, outcome.unreadable) };
    const folder = await this.cache.temporaryFolder();
    try {
      const out = join(folder, 'out.wasm');
      const { env, clock, stateHash } = this.deps;
      const { workspace, identity } = recipe;
      const instance = `${stateHash}:${identity}`;
      const request = { compiler, source, out, workspace, env, instance, timeoutMs: this.limits.outsideMs };
      const trouble = await runCompiler(request, clock, signal);
      if (trouble !== undefined)
        return { inputs, diagnostics, failure: why.compilerFailed(recipe, trouble), mayPass: true };
      if (!existsSync(out))
        return { inputs, diagnostics, failure: why.compilerFailed(recipe, 'wrote no module'), mayPass: true };
      const raw = await readRaw(out, folder, `what "${compiler[0]}" made of ${recipe.sourceFile}`);
      if ('failure' in raw) return { inputs, diagnostics, failure: raw.failure };
      // Another compiler may know more of the language than ours: it has the last word on errors.
      const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
      return { ...finish(recipe, raw, outcome.interface), inputs, diagnostics: warnings };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #ask(
    { work, source }: Pick<CompileJob, 'work' | 'source'>,
    recipe: Recipe,
    signal: AbortSignal,
  ): Promise<CompileOutcome | { readonly failure: Why }> {
    try {
      return await this.thread.run({ work, source, workspace: recipe.workspace, identity: recipe.identity });
    } catch (error) {
      // The end of the daemon is no fault of the compiler.
      signal.throwIfAborted();
      const said = error instanceof DeadlineError ? `did not end within ${String(error.timeoutMs)} ms` : undefined;
      return { failure: why.compilerFailed(recipe, said ?? `broke: ${errorMessage(error)}`) };
    }
  }
}

async function readRaw(path: string, base: string, called?: string): Promise<RawModule | { readonly failure: Why }> {
  const name = called ?? why.display(base, path);
  try {
    return { ...(await readContent(path, MAX_MODULE_BYTES)), name };
  } catch (error) {
    return { failure: why.artifactInvalid(name, whyUnreadable(error)) };
  }
}

/** Checks a module, and gives it the interface where it has none. */
function finish(
  recipe: Recipe,
  { bytes, sha256, name }: RawModule,
  description: Uint8Array | undefined,
): { readonly module: MadeModule } | { readonly failure: Why } {
  const hash = sha256.copy().digest('hex');
  if (recipe.pinned !== undefined && recipe.pinned !== hash)
    return { failure: why.artifactMismatch(name, recipe.pinned, hash) };
  if (bytes.length > MAX_MODULE_BYTES) return { failure: why.artifactInvalid(name, 'it is larger than 64 MiB') };
  let imports: readonly string[];
  try {
    imports = importNames(bytes);
  } catch (error) {
    return { failure: why.artifactInvalid(name, `it is no WebAssembly module: ${errorMessage(error)}`) };
  }
  if (description === undefined || customSection(bytes, INTERFACE_SECTION) !== undefined)
    return { module: { bytes, hash, imports } };
  const section = customSectionBytes(INTERFACE_SECTION, description);
  const whole = Buffer.concat([bytes, section]);
  return { module: { bytes: whole, hash: sha256.update(section).digest('hex'), imports } };
}
