import { oneLine } from '../../shared/text.ts';
import { visibleWidth, wrapText } from './wrap.ts';

/** One column of a table: its title, the text of a cell, and the colour of that cell. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Characters that are kept for it where rows follow later. */
  readonly minWidth?: number;
  readonly paint?: (text: string, row: Row) => string;
}

const GAP = '  ';
const INDENT = '    ';
const MAX_CELL = 2000;

/** The widths at which all of these rows, and those that `follow` later, line up under their titles; the last column needs none. */
export function columnWidths<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  follow = false,
): readonly number[] {
  return columns.map((column, index) =>
    index === columns.length - 1
      ? 0
      : Math.max(
          column.title.length,
          follow ? (column.minWidth ?? 0) : 0,
          ...rows.map((row) => cellText(column, row).length),
        ),
  );
}

/** The line of titles, as kubectl prints it; without the last one where that does not fit into `width` columns. */
export function renderHeader<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
  width = Infinity,
): string {
  const titles = columns.map((column, index) => column.title.padEnd(widths[index] ?? 0));
  const line = titles.join(GAP).trimEnd();
  return line.length <= width ? line : titles.slice(0, -1).join(GAP).trimEnd();
}

/**
 * One row; cells are one line each and safe for a terminal, whatever an upstream wrote into them.
 * Where the last cell does not fit into `width` columns, it stands below, wrapped.
 */
export function renderRow<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
  row: Row,
  width = Infinity,
): string {
  const cells = columns.map((column, index) => {
    const padded = cellText(column, row).padEnd(widths[index] ?? 0);
    return column.paint === undefined ? padded : column.paint(padded, row);
  });
  const line = cells.join(GAP).trimEnd();
  if (visibleWidth(line) <= width) return line;
  const last = cells.pop() ?? '';
  const below = wrapText(INDENT + last, width);
  return last === '' ? line : `${cells.join(GAP).trimEnd()}\n${below}`;
}

/** Titles and rows as one text without a line feed at the end. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width = Infinity): string {
  const widths = columnWidths(columns, rows);
  return [renderHeader(columns, widths, width), ...rows.map((row) => renderRow(columns, widths, row, width))].join(
    '\n',
  );
}

function cellText<Row>(column: Column<Row>, row: Row): string {
  return oneLine(column.value(row), MAX_CELL);
}
