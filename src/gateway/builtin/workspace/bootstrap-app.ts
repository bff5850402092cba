import { realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import { API_VERSION, toYaml } from '../../../manifest/index.ts';
import type { ServiceView } from '../../../runtime/types.ts';
import { ClarityError, errorMessage } from '../../../shared/errors.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { provision } from '../provisioning/provision.ts';
import { sumOf } from '../service-sum.ts';
import { settled } from '../settle.ts';
import type { Answer, BuiltinDeps, ToolCall } from '../tool.ts';
import { COMPILER, compilerNote, type CompilerArgs } from './embedded-compiler.ts';
import { insideWorkspace } from './inside-workspace.ts';
import { ENTRY, projectFiles } from './project-files.ts';
import { ProjectWriter } from './project-writer.ts';

const TOOL = 'clarity__bootstrap_app';

/** What the tool takes. */
export interface BootstrapArgs extends CompilerArgs {
  readonly project_name: string;
  readonly module_name: string;
  readonly dir: string;
  readonly register_service: boolean;
  readonly start_now: boolean;
  readonly introspect: boolean;
  readonly overwrite: boolean;
}

/** What became of the program. */
interface Compiled {
  /** Relative to the workspace; null while only the source has been checked. */
  readonly wasm: string | null;
  readonly view?: ServiceView;
  /** An answer in its place: a person has to agree first. */
  readonly waiting?: Answer;
}

/** Writes a project, compiles it and makes it a service; where that fails everything is as it was before, and the error says so. */
export async function bootstrapApp(args: BootstrapArgs, deps: BuiltinDeps, call: ToolCall): Promise<Answer> {
  const { project_name: project, module_name: module, overwrite } = args;
  const folder = await insideWorkspace(deps.workspace, `${args.dir}/${project}`);
  const writer = new ProjectWriter(await realpath(deps.workspace), folder.path);
  const source = `${folder.shown}/${ENTRY}`;
  const name = serviceName(project);
  const known = deps.runtime.list().some(({ desired }) => desired.identity === name);
  let result: Compiled;
  try {
    for (const file of projectFiles(project, module)) await writer.write(file, overwrite);
    result = await compiled(args, deps, call, { name, source });
  } catch (error) {
    throw await rolledBack(error, deps, writer, known ? undefined : name);
  }
  const { wasm, view, waiting } = result;
  const notes = [waiting?.note, keptNote(writer), compilerNote(args)].filter((each) => each !== undefined);
  return {
    json: {
      project_name: project,
      project_dir: folder.path,
      module_name: module,
      files_written: writer.written,
      files_unchanged: writer.unchanged,
      idempotent: writer.written.length === 0,
      compiler: { compiler_bin: COMPILER, version: deps.compiler.version },
      compile: { source, wasm },
      registered: view !== undefined,
      service: view === undefined ? null : sumOf(view, deps.present),
      ...waiting?.json,
    },
    ...(notes.length === 0 ? {} : { note: notes.join('\n') }),
  };
}

async function compiled(
  args: BootstrapArgs,
  deps: BuiltinDeps,
  call: ToolCall,
  { name, source }: { readonly name: string; readonly source: string },
): Promise<Compiled> {
  const { runtime } = deps;
  const text = manifestText(args, name, source);
  if (!args.register_service) {
    await checkOnly(deps, call, text);
    return { wasm: null };
  }
  const known = runtime.list().find(({ desired }) => desired.identity === name);
  const standing = known?.desired.manifest.metadata.sourceFile === source ? known : undefined;
  // Its manifest may have been changed since: what people grant it stays.
  const result =
    standing === undefined
      ? await provision(deps, call, {
          tool: TOOL,
          text,
          introspect: args.introspect,
          done: 'applied',
          ownNameOnly: true,
        })
      : ({ kind: 'written', service: await settled(deps, call, standing) } as const);
  if (result.kind === 'waiting') return { wasm: null, waiting: result.answer };
  const { view, why } = result.service ?? {};
  if (view === undefined || why !== undefined)
    throw new ClarityError('StartFailed', why ?? `service ${name} is not there`);
  const path = view.desired.artifact?.path;
  return { wasm: path === undefined ? null : relative(deps.workspace, path), view };
}

/** Compiles without keeping anything. Throws ManifestInvalid, or StartFailed with what the compiler says. */
async function checkOnly({ runtime }: BuiltinDeps, { signal }: ToolCall, text: string): Promise<void> {
  const plan = await runtime.plan([{ file: 'manifest', text }], { prune: false, probe: false }, signal);
  const errors = plan.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error'));
  if (errors.length > 0) throw new ClarityError('StartFailed', errors.map((each) => each.text).join('\n'));
}

/** Takes everything back; the error tells whether that worked. `service`: what this call registered. */
async function rolledBack(
  error: unknown,
  { runtime }: BuiltinDeps,
  writer: ProjectWriter,
  service: string | undefined,
): Promise<unknown> {
  const failed: string[] = [];
  const steps = [
    async () => {
      const made = service !== undefined && runtime.list().some(({ desired }) => desired.identity === service);
      if (made) await runtime.remove(service, { force: false });
    },
    () => writer.rollBack(),
  ];
  for (const step of steps)
    await step().catch((cause: unknown) => {
      failed.push(errorMessage(cause));
    });
  if (!(error instanceof ClarityError)) return error;
  const status =
    failed.length === 0 ? 'everything is as it was before' : `what could not be taken back: ${failed.join('; ')}`;
  const data = error.data === undefined ? {} : { data: error.data };
  return new ClarityError(error.code, `${error.message} (rolled back: ${status})`, { cause: error, ...data });
}

function manifestText(
  { module_name: module, start_now: startNow }: BootstrapArgs,
  name: string,
  source: string,
): string {
  const manifest: JsonObject = {
    apiVersion: API_VERSION,
    kind: 'MCPService',
    metadata: { name, module, sourceFile: source },
    // It asks for nothing outside of itself; a person grants what it will need.
    spec: { ...(startNow ? {} : { autostart: false }), origin: { type: 'local_wasm', capabilities: {} } },
  };
  return toYaml(manifest);
}

function keptNote({ kept }: ProjectWriter): string | undefined {
  if (kept.length === 0) return undefined;
  return `These files say something else already and were kept (overwrite: true replaces them): ${kept.join(', ')}.`;
}

/** Throws BadRequest where nothing is left of it. */
function serviceName(project: string): string {
  const name = project
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  if (name !== '') return name;
  throw new ClarityError('BadRequest', `no name of a service can be made of ${JSON.stringify(project)}`);
}
