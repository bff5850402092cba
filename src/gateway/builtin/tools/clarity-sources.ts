import { relativeTo, insideWorkspace } from '../workspace/inside-workspace.ts';
import { findSources, readHead } from '../workspace/find-sources.ts';
import { COUNT, flag, input, limit, OBJECTS, output, TEXT } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';

interface Args {
  readonly dir: string;
  readonly recursive: boolean;
  readonly limit: number;
  readonly include_excerpt: boolean;
  readonly excerpt_chars: number;
}

export const sources = defineTool<Args>({
  name: 'clarity__sources',
  title: 'Find programs in Clarity',
  description: 'The .clarity files of the workspace with their modules. Dot folders and node_modules are left out.',
  inputSchema: input({
    dir: { type: 'string', default: '.', description: 'Folder of the workspace.' },
    recursive: flag(true, 'Also the folders below.'),
    limit: limit(50, 'files', 200),
    include_excerpt: flag(false, 'Also the beginning of each file.'),
    excerpt_chars: {
      type: 'integer',
      minimum: 64,
      maximum: 10_000,
      default: 512,
      description: 'Characters of an excerpt.',
    },
  }),
  outputSchema: output({ workspace: TEXT, dir: TEXT, total_found: COUNT, returned: COUNT, items: OBJECTS }),
  annotations: ANNOTATIONS.reading,
  run: async (args, { workspace }, { signal }) => {
    const folder = await insideWorkspace(workspace, args.dir);
    const { total, files } = await findSources(workspace, folder, args, signal);
    const root = (await insideWorkspace(workspace, '.')).path;
    const items = [];
    for (const path of files) {
      const { module, excerpt } = await readHead(path, args.excerpt_chars);
      items.push({ file: relativeTo(root, path) ?? path, module, ...(args.include_excerpt ? { excerpt } : {}) });
    }
    return { json: { workspace: root, dir: folder.shown, total_found: total, returned: items.length, items } };
  },
});
