import { createHash } from 'node:crypto';
import type { ImportGroup } from './import-group.ts';

/** Digests (language.md §11 crypto). */
export const cryptoImports: ImportGroup = ({ memory }) => ({
  sha256: (text: number) => memory.writeText(createHash('sha256').update(memory.text(text)).digest('hex')),
});
