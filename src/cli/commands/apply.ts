import { defineCommand } from '../command.ts';
import { withCommit, type CommitOptions } from '../commit-option.ts';
import { durationOption } from '../option-values.ts';

/** The flags of the command. */
export interface Options extends CommitOptions {
  readonly filename: readonly string[];
  readonly recursive?: boolean;
  readonly dryRun?: string;
  readonly wait?: boolean;
  readonly timeout?: number;
  readonly forceConflicts?: boolean;
}

export const applyCommand = defineCommand<Options>({
  name: 'apply',
  group: 'desired',
  summary: 'Make the daemon’s manifests say what these files say',
  details:
    'One line a document: created, configured, unchanged, conflict or invalid. Relative paths are meant from this folder. Exit 1 where any is invalid or a conflict; the others are applied all the same.',
  examples: [
    'clarityctl apply -f files.yaml --wait',
    'clarityctl apply -f manifests/ -R',
    'cat files.yaml | clarityctl apply -f -',
    'clarityctl apply -f files.yaml --dry-run=server',
    "clarityctl apply -f files.yaml --commit 'Give files more memory'   # in a git source",
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    withCommit(
      command
        .requiredOption('-f, --filename <path...>', 'files, folders, or - for stdin')
        .option('-R, --recursive', 'folders with all folders below')
        .option('--dry-run <where>', 'client: only check; server: say what would happen')
        .option('--wait', 'wait until the services are as their manifests want them')
        .option('--timeout <duration>', 'of --wait (60s)', durationOption)
        .option('--force-conflicts', 'also documents that a person or another tool wrote'),
    ),
  run: async (context, args, options) => (await import('../run/apply.ts')).runApply(context, args, options),
});
