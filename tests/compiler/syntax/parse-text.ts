import { Reporter, type CompilerDiagnostic } from '../../../src/compiler/diagnostics/reporter.ts';
import { SourceFile } from '../../../src/compiler/source/source-file.ts';
import type { Module } from '../../../src/compiler/syntax/ast.ts';
import { parseModule } from '../../../src/compiler/syntax/parse-module.ts';

export interface Parsed {
  readonly module: Module;
  readonly diagnostics: readonly CompilerDiagnostic[];
  /** `line:column kind` of each. */
  readonly places: readonly string[];
}

export function parseText(text: string): Parsed {
  const report = new Reporter();
  const source = new SourceFile('test.clarity', text);
  const module = parseModule(source, report);
  const diagnostics = report.sorted();
  const places = diagnostics.map(({ kind, span }) => {
    const { line, column } = source.position(span.start);
    return `${line}:${column} ${kind}`;
  });
  return { module, diagnostics, places };
}

/** The statements of a function body, written in the lines from 3 on. */
export function inBody(statements: string): string {
  return `module A\nfunction f(x: Int64) -> Int64 {\n${statements}\n}\nfunction last() -> Int64 { 1 }\n`;
}
