import { BOOLEAN, flag, input, output, SUM, TEXT, TEXTS } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';
import { bootstrapApp, type BootstrapArgs } from '../workspace/bootstrap-app.ts';
import { COMPILER_INPUT } from '../workspace/embedded-compiler.ts';
import { MODULE_NAME, PROJECT_NAME } from '../workspace/project-files.ts';

export const bootstrapAppTool = defineTool<BootstrapArgs>({
  name: 'clarity__bootstrap_app',
  title: 'Begin a project in Clarity',
  description:
    'Writes a small project into the workspace, compiles it and makes it a service. Where that fails, everything is as it was before.',
  inputSchema: input(
    {
      project_name: { type: 'string', pattern: PROJECT_NAME, description: 'Name of the project and its folder.' },
      module_name: {
        type: 'string',
        pattern: MODULE_NAME,
        default: 'App',
        description: 'Name of the module: decides what its tools are prefixed with.',
      },
      dir: { type: 'string', default: '.', description: 'Folder of the workspace that the project is made in.' },
      ...COMPILER_INPUT,
      register_service: flag(true, 'Make it a service; false only writes and checks the files.'),
      start_now: flag(true, 'Start it now and wait until it is ready.'),
      introspect: flag(true, 'Kept for old callers: a service that starts is introspected.'),
      overwrite: flag(false, 'Also replace files that say something else.'),
    },
    ['project_name'],
  ),
  outputSchema: output({
    project_name: TEXT,
    project_dir: TEXT,
    module_name: TEXT,
    files_written: TEXTS,
    files_unchanged: TEXTS,
    idempotent: BOOLEAN,
    compiler: output({ compiler_bin: TEXT, version: TEXT }),
    compile: output({ source: TEXT, wasm: { anyOf: [TEXT, { type: 'null' }] } }),
    registered: BOOLEAN,
    service: { anyOf: [SUM, { type: 'null' }] },
  }),
  annotations: { ...ANNOTATIONS.destructive },
  gated: true,
  run: bootstrapApp,
});
