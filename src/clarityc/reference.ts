import { Command } from 'commander';
import { renderReference } from '../cli/reference-page.ts';
import { GROUPS, type CommandRunner } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { buildProgram } from './program.ts';

const IDLE: CommandRunner = { execute: () => Promise.resolve() };

const FINDINGS = `## Findings as JSON

\`--format json\` prints one object. Members may be added; those that are there keep their meaning.

- \`ok\`: false where the exit code is 1
- \`errors\`, \`warnings\`: how many there are
- \`output\` (compile): \`file\` and \`bytes\` of the module that was written; \`files\` (check, lint): how many were looked at
- \`diagnostics\`: a list of objects with
  - \`severity\`: \`error\` or \`warning\`
  - \`code\`, \`kind\`: stable, such as \`E306\` and \`arg-type\` (clarity-errors.md)
  - \`file\`: relative to the current folder where it lies inside
  - \`line\`, \`column\`, \`endLine\`, \`endColumn\`: from 1, columns in UTF-16 units, the end exclusive
  - \`message\`, and \`help\` where there is any
  - \`text\`: the whole finding as a person sees it

\`test --json\` prints \`file\`, \`total\`, \`passed\`, \`failed\` and \`results\`, each with \`name\`, \`status\` (\`pass\` or \`fail\`), \`assertions\`, \`location\`,
\`failures\` (\`kind\`, \`actual\`, \`expected\`, \`testFunction\`) and \`runtime_error\` where there is one; for a file with errors \`file\`, \`compile_error\` and
\`errors\` (\`message\`, \`line\`, \`column\`, \`hint\`). For several files it is one such object a line.
`;
const PROJECT = `## clarity.json

\`entry\` is the file that commands take where none is given; the rest is for \`start\`. Unknown fields are warnings.

- \`name\`, \`version\`, \`module\`: texts
- \`service_type\`: \`mcp\` (the default) or \`agent\`
- \`agent\`, required for an agent: \`role\` and \`objective\`; \`id\`, \`name\`, \`version\` where wanted; lists of texts \`triggers\` (out of timer, event, api, a2a;
  \`["api"]\`), \`inputs\`, \`outputs\`, \`mcp_tools\`, \`llm_providers\`, \`handoff_targets\`, \`depends_on\`; \`hitl\`: whether it asks people
`;

/** The text of docs/reference/clarityc.md, generated from the commands themselves; a test keeps the file equal to it. */
export function renderCompilerReference(): string {
  const program = buildProgram('', IDLE, { writeOut: () => undefined, writeErr: () => undefined, helpWidth: 100 });
  const entries = COMMANDS.map((each) => ({
    group: each.group,
    command: each.register(new Command(), IDLE),
    examples: each.examples,
    notes: [],
  }));
  const exitCodes = '0 done; 1 errors in a program, or failed tests; 2 usage or unreadable input; 130 interrupted.';
  return `${renderReference({ program, groups: GROUPS, entries, exitCodes })}\n${FINDINGS}\n${PROJECT}`;
}
