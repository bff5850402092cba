import type { ImportGroup } from './import-group.ts';

/** Spans (language.md §11 trace). Where nobody listens they cost nothing; an id that is not open is ignored. */
export const traceImports: ImportGroup = (host) => {
  const { memory } = host;
  const { trace } = host.environment;
  const open = new Set<number>();
  let last = 0;
  host.onEndOfCall(() => {
    open.clear();
    last = 0;
  });
  return {
    trace_start: (operation: number) => {
      last++;
      if (trace !== undefined) {
        open.add(last);
        trace.start(last, memory.text(operation));
      }
      return BigInt(last);
    },
    trace_log: (span: bigint, message: number) => {
      if (open.has(Number(span))) trace?.log(Number(span), memory.text(message));
    },
    trace_end: (span: bigint) => {
      if (open.delete(Number(span))) trace?.end(Number(span));
    },
  };
};
