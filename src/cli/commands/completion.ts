import { Argument } from 'commander';
import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';

export const completionCommand = defineCommand({
  name: 'completion',
  group: 'setup',
  summary: 'Print what makes a shell complete commands and flags',
  details: 'Needs no daemon.',
  examples: [
    'source <(clarityctl completion bash)                      # in ~/.bashrc',
    'source <(clarityctl completion zsh)                       # in ~/.zshrc, after compinit',
    'clarityctl completion fish | source                       # in ~/.config/fish/config.fish',
  ],
  formats: [],
  configure: (command) => command.addArgument(new Argument('<shell>', 'which').choices(['bash', 'zsh', 'fish'])),
  async run(context, [shell = '']) {
    const { runCompletion } = await import('../run/completion.ts');
    context.print(runCompletion(shell));
    return EXIT.ok;
  },
});
