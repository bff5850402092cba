import pc from 'picocolors';
import type { ClientSettings } from '../../config/index.ts';

/** The colours of the command line; plain text where colour is off. */
export type Paint = Pick<ReturnType<typeof pc.createColors>, 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'> & {
  readonly isColorSupported: boolean;
};

/** `auto` is colour on a terminal only (surfaces.md, clarityctl). */
export function createPaint(color: ClientSettings['color'], isTerminal: boolean): Paint {
  return pc.createColors(color === 'always' || (color === 'auto' && isTerminal));
}

/** A unified diff with its lines in the usual colours, safe for a terminal. */
export function paintPatch(patch: string, paint: Paint): string {
  const lines = patch.trimEnd().split('\n');
  return lines
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return paint.bold(line);
      if (line.startsWith('@@')) return paint.cyan(line);
      if (line.startsWith('+')) return paint.green(line);
      return line.startsWith('-') ? paint.red(line) : line;
    })
    .join('\n');
}
