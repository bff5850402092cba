import { localManifest, type LocalArgs } from '../provisioning/local-manifest.ts';
import { provisionAnswer } from '../provisioning/provision.ts';
import { REGISTER_OUTPUT, REGISTERED } from '../provisioning/register-inputs.ts';
import { input, text } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

export const registerLocal = defineTool<LocalArgs>({
  name: 'runtime__register_local',
  title: 'Register a compiled module',
  description: 'Makes a WebAssembly module of this machine a service, and waits until it is ready or cannot be.',
  inputSchema: input(
    {
      wasm_path: text('The module; relative to the workspace.'),
      source_file: text('What it was made of; the module itself where absent.'),
      module: text('Name of the module; that of its file where absent.'),
      entry: { ...text('Kept for old callers: nothing calls it.'), default: 'mcp_main' },
      ...REGISTERED,
    },
    ['wasm_path'],
  ),
  outputSchema: REGISTER_OUTPUT,
  annotations: ANNOTATIONS.registering,
  gated: true,
  run: (args, deps, call) =>
    provisionAnswer(deps, call, {
      tool: 'runtime__register_local',
      text: localManifest(args),
      introspect: args.introspect,
      done: 'created',
      ownNameOnly: true,
    }),
});
