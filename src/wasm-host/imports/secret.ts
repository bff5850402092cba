import { optionalText } from '../memory/blocks.ts';
import type { ImportGroup } from './import-group.ts';

/** Secrets by name (language.md §11 secret). */
export const secretImports: ImportGroup = (host) => ({
  get_secret: (name: number) => optionalText(host.memory, host.need('secret', 'get_secret')(host.memory.text(name))),
});
