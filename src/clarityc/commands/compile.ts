import { defineCommand } from '../command.ts';
import { findingOptions, type FindingOptions } from '../output/finding-options.ts';

/** The flags of the command. */
export interface Options extends FindingOptions {
  readonly output?: string;
  readonly checkOnly?: boolean;
  readonly emitTokens?: boolean;
  readonly emitAst?: boolean;
  readonly emitWat?: boolean;
}

export const compileCommand = defineCommand<Options>({
  name: 'compile',
  group: 'build',
  summary: 'Compile a program to WebAssembly',
  details:
    'Without a file: the entry of clarity.json, or the only .clarity file of the folder. The module is replaced in one step, and only where there is no error.',
  examples: [
    'clarityc compile main.clarity',
    'clarityc compile -o build/service.wasm',
    'clarityc compile main.clarity --check-only --warnings deny',
    'clarityc compile main.clarity --format sarif > findings.sarif',
    'clarityc compile main.clarity --emit-wat | less',
  ],
  configure: (command) =>
    findingOptions(
      command
        .argument('[file]', 'the entry of the program')
        .option('-o, --output <file>', 'where to write the module (the name of the entry with .wasm)')
        .option('--check-only', 'write nothing')
        .option('--emit-tokens', 'print the tokens of the entry as JSON; write nothing')
        .option('--emit-ast', 'print the syntax tree of the entry as JSON; write nothing')
        .option('--emit-wat', 'print the module as WebAssembly text; write nothing'),
    ),
  run: async (context, [file], options) => (await import('../run/compile.ts')).runCompile(context, file, options),
});
