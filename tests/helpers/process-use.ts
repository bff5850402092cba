import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds now (Linux). */
export interface ProcessUse {
  readonly threads: number;
  readonly handles: number;
  readonly rssMb: number;
}

export function processUse(pid: number): ProcessUse {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    threads: readdirSync(`/proc/${pid}/task`).length,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    rssMb: Number(kb) / 1024,
  };
}
