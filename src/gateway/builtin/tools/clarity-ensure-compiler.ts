import { BOOLEAN, input, output, TEXT } from '../schemas.ts';
import { ANNOTATIONS, defineTool } from '../tool.ts';
import { COMPILER, COMPILER_INPUT, compilerNote, type CompilerArgs } from '../workspace/embedded-compiler.ts';

export const ensureCompiler = defineTool<CompilerArgs>({
  name: 'clarity__ensure_compiler',
  title: 'Is there a compiler?',
  description:
    'Tells the version of the Clarity compiler, which is part of the runtime. Never runs or installs a program.',
  inputSchema: input(COMPILER_INPUT),
  outputSchema: output({ compiler_bin: TEXT, available: BOOLEAN, installed: BOOLEAN, version: TEXT }),
  annotations: ANNOTATIONS.reading,
  run: (args, { compiler }) => {
    const note = compilerNote(args);
    return {
      json: { compiler_bin: COMPILER, available: true, installed: true, version: compiler.version },
      ...(note === undefined ? {} : { note }),
    };
  },
});
