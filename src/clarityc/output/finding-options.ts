import { Option, type Command } from 'commander';

/** How findings are printed. */
export interface FindingOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly warnings: 'show' | 'hide' | 'deny';
}

/** Declares --format and --warnings. */
export function findingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <form>', 'how to print findings: text on stderr; json, sarif or github on stdout')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .addOption(
      new Option('--warnings <mode>', 'show or hide warnings, or deny them: exit 1')
        .choices(['show', 'hide', 'deny'])
        .default('show'),
    );
}
