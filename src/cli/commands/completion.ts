import { Argument } from 'commander';
import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';

export const completionCommand = defineCommand({
  name: 'completion',
  group: 'setup',
  summary: 'Print what makes a shell complete commands and flags',
  details: 'Needs no daemon.',
  examples: [
    'clarityctl completion bash > ~/.local/share/bash-completion/completions/clarityctl',
    'clarityctl completion zsh > ~/.zfunc/_clarityctl',
    'clarityctl completion fish > ~/.config/fish/completions/clarityctl.fish',
  ],
  formats: [],
  configure: (command) => command.addArgument(new Argument('<shell>', 'which').choices(['bash', 'zsh', 'fish'])),
  async run(context, [shell = '']) {
    const { runCompletion } = await import('../run/completion.ts');
    context.print(runCompletion(shell));
    return EXIT.ok;
  },
});
