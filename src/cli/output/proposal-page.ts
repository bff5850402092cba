import { oneLine, printable } from '../../shared/text.ts';
import type { PlanItem, ProposalRecord } from '../../wire/types.ts';
import { renderFinding } from './diagnostics.ts';
import { moment } from './moment.ts';
import { paintPatch, type Paint } from './paint.ts';
import { effectLines } from './plan-effects.ts';
import { changeOf, paintState } from './proposal-table.ts';
import { wrapText } from './wrap.ts';

/** The human page of one proposal, without a line feed at the end: who asks for what, the patch, and what it would do. Width in columns, now in ms. */
export function renderProposalPage(
  record: ProposalRecord,
  { paint, width, now }: { readonly paint: Paint; readonly width: number; readonly now: number },
): string {
  const { id, state, by, tool, createdAt, expiresAt, decision, planHash, plan } = record;
  const facts: readonly (readonly [string, string])[] = [
    ['Proposal', id],
    ['State', paintState(state, state, paint)],
    ['Asked by', oneLine(`${by} through ${tool}`)],
    ['Asked at', moment(createdAt, now)],
    ...(state === 'waiting' ? [['Expires', moment(expiresAt, now)] as const] : []),
    ...(decision === undefined ? [] : [['Decided', decisionLine(decision, now)] as const]),
    ['Change', oneLine(changeOf(record), 2000)],
    ['Plan', planHash],
  ];
  const head = facts.map(([label, value]) => paint.dim(`${label}:`.padEnd(10)) + value).join('\n');
  const patches = plan.map(({ patch }) => printable(patch).trimEnd()).filter((patch) => patch !== '');
  // A patch is never wrapped: its lines are those of the file.
  return [
    wrapText(head, width),
    ...patches.map((patch) => paintPatch(patch, paint)),
    wrapText(effects(plan, paint), width),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function effects(plan: readonly PlanItem[], paint: Paint): string {
  const lines = plan.flatMap((item) => effectLines(item, paint));
  const heading = paint.dim('As things stood when it was asked for:');
  const findings = plan[0]?.diagnostics.map((finding) => renderFinding(finding, paint)) ?? [];
  return [...findings, heading, ...(lines.length === 0 ? ['Nothing is started or stopped.'] : lines)].join('\n');
}

function decisionLine({ by, at, why }: NonNullable<ProposalRecord['decision']>, now: number): string {
  return oneLine(`by ${by}, ${moment(at, now)}${why === undefined ? '' : `: ${why}`}`, 1000);
}
