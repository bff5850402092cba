import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { commitBody, committedAs, withCommit, type CommitOptions } from '../commit-option.ts';
import { printData } from '../command-context.ts';

interface Options extends CommitOptions {
  readonly cleanupArtifacts?: boolean;
  readonly forceConflicts?: boolean;
}

export const removeCommand = defineCommand<Options>({
  name: 'remove',
  group: 'desired',
  summary: 'Remove one service: JSON in a pipe, as in the original',
  details: 'As delete NAME. The only other files that may be deleted are in the daemon’s own artifact cache.',
  examples: [
    'clarityctl remove files',
    'clarityctl remove mcp1 --cleanup-artifacts',
    'clarityctl remove svc_0123456789ab -o json',
  ],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) =>
    withCommit(
      command
        .argument('<id>', 'name or service id')
        .option('--cleanup-artifacts', 'also what only this service used of the artifact cache')
        .option('--force-conflicts', 'also a document that a person or another tool wrote'),
    ),
  async run(context, [id = ''], { cleanupArtifacts = false, forceConflicts = false, ...options }) {
    const { client, signal } = context;
    const writing = { cleanupArtifacts, force: forceConflicts, ...commitBody(options) };
    const answer = await client.remove(id, { ...writing, signal });
    if (!printData(context, answer))
      context.print(
        `service/${answer.name} removed${answer.artifactRemoved ? ', with its artifact' : ''}${committedAs(answer)}`,
      );
    return EXIT.ok;
  },
});
