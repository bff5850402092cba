import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';

interface Options {
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
    command
      .argument('<id>', 'name or service id')
      .option('--cleanup-artifacts', 'also what only this service used of the artifact cache')
      .option('--force-conflicts', 'also a document that a person or another tool wrote'),
  async run(context, [id = ''], { cleanupArtifacts = false, forceConflicts = false }) {
    const { client, signal } = context;
    const answer = await client.remove(id, { cleanupArtifacts, force: forceConflicts, signal });
    if (!printData(context, answer))
      context.print(`service/${answer.name} removed${answer.artifactRemoved ? ', with its artifact' : ''}`);
    return EXIT.ok;
  },
});
