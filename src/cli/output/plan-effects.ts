import { oneLine, printable } from '../../shared/text.ts';
import type { PlanInterface, PlanItem, PlanList } from '../../wire/types.ts';
import type { Paint } from './paint.ts';

/** Lines of one list; -o json has all. */
const MAX_LINES = 100;
const NAME_CHARS = 200;
const WHY_CHARS = 240;
const LABEL_COLUMNS = 11;

const LABELS = { tools: 'tools', prompts: 'prompts', resources: 'resources', resourceTemplates: 'templates' } as const;
type Lists = NonNullable<PlanInterface['changes']>;
type ListName = keyof typeof LABELS;
const LIST_NAMES = Object.keys(LABELS) as ListName[];

/** True where apply would change nothing and clients would see the same. */
export function isAsItIs({ outcome, interface: previewed }: PlanItem): boolean {
  if (outcome !== 'unchanged' || previewed?.outcome === 'failed') return false;
  return previewed?.changes === undefined || isEmpty(previewed.changes);
}

/** What the change of one document does: its actions, each at the beginning of a line, then a block of what comes with them. */
export function effectLines(item: PlanItem, paint: Paint): readonly string[] {
  const { name, actions, newlyAsks, drains } = item;
  const block = [
    ...(drains === 0 ? [] : labelled('calls', [callsLine(actions, drains)])),
    ...(item.interface === undefined ? [] : interfaceLines(item.interface, paint)),
  ];
  return [
    ...actions.map(printable),
    ...newlyAsks.map((ask) => printable(`${name} newly asks for: ${ask}`)),
    ...(actions.length === 0 && block.length > 0 ? [printable(`${name}: nothing is started or stopped`)] : []),
    ...block,
  ];
}

/** What is replaced lets them end (spec.rollout.drainSeconds); what is stopped or removed does not wait for them. */
function callsLine(actions: readonly string[], drains: number): string {
  const replaces = actions.some((action) => /^(replace|restart) /.test(action));
  const first = drains === 1 ? 'ends first' : 'end first';
  return `${String(drains)} in flight ${replaces ? first : 'now'}`;
}

function interfaceLines({ outcome, reason, message, changes, tokens }: PlanInterface, paint: Paint): readonly string[] {
  if (changes === undefined) {
    const how = outcome === 'failed' ? paint.red('does not come up') : 'not started';
    return labelled('candidate', [`${how}: ${oneLine(`${reason ?? ''}: ${message ?? ''}`, 1000)}`]);
  }
  const lists = LIST_NAMES.flatMap((list) => labelled(LABELS[list], listLines(changes[list], paint)));
  const { before, after } = tokens ?? { before: 0, after: 0 };
  const size =
    before === after
      ? `about ${String(after)} tokens`
      : `about ${String(before)} tokens before, ${String(after)} after`;
  return [...(isEmpty(changes) ? labelled('clients', ['see no difference']) : lists), ...labelled('tool list', [size])];
}

function listLines({ added, removed, changed }: PlanList, paint: Paint): readonly string[] {
  const width = Math.min(40, Math.max(0, ...changed.map(({ name }) => shown(name).length)));
  const lines = [
    ...removed.map((name) => paint.red(`- ${shown(name)}`)),
    ...changed.map(({ name, level, why }) => {
      const how = level === 'possiblyBreaking' ? 'possibly breaking' : level;
      const text = `~ ${shown(name).padEnd(width)} (${how}: ${oneLine(why.join('; '), WHY_CHARS)})`;
      return how.endsWith('breaking') ? paint.red(text) : paint.yellow(text);
    }),
    ...added.map((name) => paint.green(`+ ${shown(name)}`)),
  ];
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `… and ${String(more)} more: see -o json`] : lines;
}

/** The label in front of the first line, the others below it. */
function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL_COLUMNS)}${line}`);
}

function isEmpty(changes: Lists): boolean {
  return LIST_NAMES.every((list) => {
    const { added, removed, changed } = changes[list];
    return added.length + removed.length + changed.length === 0;
  });
}

function shown(name: string): string {
  return oneLine(name, NAME_CHARS);
}
