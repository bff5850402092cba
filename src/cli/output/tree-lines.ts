import { oneLine } from '../../shared/text.ts';
import type { TreeNode } from '../service-tree.ts';
import { moment } from './moment.ts';
import type { Paint } from './paint.ts';
import { paintWord, shortRevision } from './service-table.ts';

/** Longest line of text; names and messages of others stand in it. */
const MAX_LINE = 500;

/** The tree as lines, with branches drawn before them; `now` in milliseconds. */
export function renderTree(nodes: readonly TreeNode[], paint: Paint, now: number): string {
  return nodes.flatMap((node) => [lineOf(node, paint, now), ...branches(node.children, '', paint, now)]).join('\n');
}

function branches(nodes: readonly TreeNode[], margin: string, paint: Paint, now: number): readonly string[] {
  return nodes.flatMap((node, index) => {
    const last = index === nodes.length - 1;
    const line = paint.dim(`${margin}${last ? '└─ ' : '├─ '}`) + lineOf(node, paint, now);
    return [line, ...branches(node.children, `${margin}${last ? '   ' : '│  '}`, paint, now)];
  });
}

function lineOf(node: TreeNode, paint: Paint, now: number): string {
  const [text, ...words] = partsOf(node, now);
  const marks = words
    .filter((word) => word !== undefined && word !== '')
    .map((word) => paintWord(oneLine(word ?? ''), paint));
  return [oneLine(text ?? '', MAX_LINE), ...marks].join('  ');
}

function partsOf(node: TreeNode, now: number): readonly (string | undefined)[] {
  switch (node.kind) {
    case 'Source':
      return [`source ${node.name}`, node.reason, node.revision && shortRevision(node.revision)];
    case 'File':
      return [node.name, node.errors === 0 ? '' : `${String(node.errors)} error${node.errors === 1 ? '' : 's'}`];
    case 'Service':
      return [`service ${node.name}`, node.sync, node.health];
    case 'Generation': {
      const { generation, observedGeneration, note } = node;
      const observed = observedGeneration === generation ? '' : `observed ${String(observedGeneration)}`;
      return [`generation ${String(generation)}`, observed, note];
    }
    case 'Instance': {
      const process = node.pid === undefined ? node.driver : `${node.driver} pid ${String(node.pid)}`;
      const restarts = `${String(node.restarts)} restart${node.restarts === 1 ? '' : 's'}`;
      return [process, `since ${moment(node.startedAt, now)}`, restarts];
    }
    case 'Dependency':
      return [`depends on ${node.name}`, node.sync, node.health, node.note];
  }
}
