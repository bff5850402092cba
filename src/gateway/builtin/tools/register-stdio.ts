import { NAME_PATTERN } from '../../../manifest/index.ts';
import { provisionAnswer } from '../provisioning/provision.ts';
import { REGISTER_OUTPUT, STARTING } from '../provisioning/register-inputs.ts';
import { stdioManifest, type StdioArgs } from '../provisioning/stdio-manifest.ts';
import { input, text, TEXTS } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

const TEXT_MAP = { type: 'object', additionalProperties: { type: 'string' } } as const;

export const registerStdio = defineTool<StdioArgs>({
  name: 'runtime__register_stdio',
  title: 'Register a local program',
  description:
    'Makes a program of this machine that speaks MCP over stdin and stdout a service, and waits until it is ready or cannot be.',
  inputSchema: input(
    {
      name: {
        type: 'string',
        pattern: NAME_PATTERN,
        description: 'Name of the service: lower-case letters, digits, dashes.',
      },
      command: text('The program; no shell reads it.'),
      args: { ...TEXTS, description: 'Its arguments, one each.' },
      cwd: text('Folder that it runs in; relative to the workspace, which it is where absent.'),
      env: { ...TEXT_MAP, description: 'Variables that it gets, without secrets.' },
      secret_env: {
        ...TEXT_MAP,
        description: 'Variables whose values are secrets: the name, and env:VARIABLE or file:PATH.',
      },
      inherit_env: { ...TEXTS, description: 'Names of variables of the daemon that it gets, too.' },
      timeout_ms: { type: 'integer', minimum: 1, description: 'Time limit of a call in milliseconds.' },
      max_concurrency: { type: 'integer', minimum: 1, description: 'Calls at once.' },
      display_name: { ...text('What people see.'), maxLength: 80 },
      ...STARTING,
    },
    ['name', 'command'],
  ),
  outputSchema: REGISTER_OUTPUT,
  annotations: ANNOTATIONS.registering,
  gated: true,
  run: (args, deps, call) =>
    provisionAnswer(deps, call, {
      tool: 'runtime__register_stdio',
      text: stdioManifest(args),
      introspect: args.introspect,
      done: 'created',
      ownNameOnly: true,
    }),
});
