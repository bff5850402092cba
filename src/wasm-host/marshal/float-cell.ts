const view = new DataView(new ArrayBuffer(8));

/** The bits of a Float64 as maps keep them: as an i64 (abi.md §2.6). */
export function cellOfFloat(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigInt64(0);
}

export function floatOfCell(cell: bigint): number {
  view.setBigInt64(0, cell);
  return view.getFloat64(0);
}
