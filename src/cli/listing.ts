import type { CommandContext } from './command-context.ts';
import { columnWidths, renderHeader, renderRow, type Column } from './output/table.ts';

/** A kind of thing that `get` lists. */
export interface Resource<Row> {
  /** As in `service/files`. */
  readonly kind: string;
  /** As in `No services found.` */
  readonly plural: string;
  list(context: CommandContext): Promise<readonly Row[]>;
  /** What a person may call it; the first is its name. */
  names(row: Row): readonly string[];
  /** The row without what changes by itself: where only that differs, `-w` says nothing. */
  news?(row: Row): object;
  labels?(row: Row): Readonly<Record<string, string>>;
  columns(context: CommandContext): readonly Column<Row>[];
}

/** Which rows are wanted. */
export interface ListRequest {
  /** Empty: all. */
  readonly names: readonly string[];
  /** Rows follow later: columns keep room for what they may hold. */
  readonly follows?: boolean;
  readonly selector?: (labels: Readonly<Record<string, string>>) => boolean;
}

/** The rows of one kind at one moment, and their text. */
export interface Listing {
  readonly kind: string;
  readonly plural: string;
  readonly items: readonly object[];
  /** Of the items, in their order. */
  readonly names: readonly string[];
  /** Wanted by name but not there. */
  readonly missing: readonly string[];
  /** The names of all, wanted or not. */
  readonly known: readonly string[];
  readonly widths: readonly number[];
  /** Differs where there is something new to say of the row. */
  mark(index: number): string;
  header(widths: readonly number[]): string;
  line(index: number, widths: readonly number[]): string;
}

/** Asks the daemon and picks what the request wants. */
export async function fetchListing<Row extends object>(
  resource: Resource<Row>,
  context: CommandContext,
  { names, selector, follows = false }: ListRequest,
): Promise<Listing> {
  const all = await resource.list(context);
  const isCalled = (row: Row, name: string) => resource.names(row).includes(name.replace(`${resource.kind}/`, ''));
  const rows = all.filter(
    (row) =>
      (names.length === 0 || names.some((name) => isCalled(row, name))) &&
      (selector === undefined || selector(resource.labels?.(row) ?? {})),
  );
  const columns = resource.columns(context);
  return {
    kind: resource.kind,
    plural: resource.plural,
    items: rows,
    names: rows.map((row) => resource.names(row)[0] ?? ''),
    missing: names.filter((name) => !all.some((row) => isCalled(row, name))),
    known: all.map((row) => resource.names(row)[0] ?? ''),
    widths: columnWidths(columns, rows, follows),
    mark: (index) => {
      const row = rows[index];
      return row === undefined ? '' : JSON.stringify(resource.news?.(row) ?? row);
    },
    header: (widths) => renderHeader(columns, widths, context.width),
    line: (index, widths) => {
      const row = rows[index];
      return row === undefined ? '' : renderRow(columns, widths, row, context.width);
    },
  };
}
