import { flag, input, OBJECTS, output, TEXT, TEXTS } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';
import { MODULE_NAME, PROJECT_NAME, projectFiles } from '../workspace/project-files.ts';

interface Args {
  readonly project_name: string;
  readonly module_name: string;
  readonly include_templates: boolean;
}

const GUIDANCE = [
  'One folder a project, one module a file; src/main.clarity is what becomes the service.',
  'Every exported function is a tool: the comment above it is its description, its types are its schema.',
  'Say with effects what a function needs of the outside; the manifest grants it, and nothing else is reachable.',
  'Write tests beside the functions, as functions with the effect Test: clarityc test runs them.',
  'clarity__bootstrap_app writes this project and makes it a service.',
];

export const projectStructure = defineTool<Args>({
  name: 'clarity__project_structure',
  title: 'How a project in Clarity looks',
  description: 'The files of a small project, what each is for, and their templates; nothing is written.',
  inputSchema: input({
    project_name: {
      type: 'string',
      pattern: PROJECT_NAME,
      default: 'my-clarity-app',
      description: 'Name of the project and its folder.',
    },
    module_name: { type: 'string', pattern: MODULE_NAME, default: 'App', description: 'Name of the module.' },
    include_templates: flag(true, 'Also what stands in each file.'),
  }),
  outputSchema: output({ project_name: TEXT, module_name: TEXT, guidance: TEXTS, tree: TEXTS, files: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: ({ project_name, module_name, include_templates }) => {
    const files = projectFiles(project_name, module_name).map(({ path, purpose, template }) => ({
      path,
      purpose,
      ...(include_templates ? { template } : {}),
    }));
    const tree = files.map(({ path }) => `${project_name}/${path}`);
    return { json: { project_name, module_name, guidance: GUIDANCE, tree, files } };
  },
});
