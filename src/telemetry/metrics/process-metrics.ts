import { readdir, readFile } from 'node:fs/promises';
import type { PromRegistry } from './prom-registry.ts';

/**
 * What is asked of any process, under the names that prom-client's default metrics have. Everything is read at the scrape: its own collector
 * would keep a timer of 10 ms and an observer of every garbage collection running.
 */
export function collectProcess(registry: PromRegistry): void {
  collectCpu(registry);
  registry.gauge('process_start_time_seconds').set(Math.round(performance.timeOrigin) / 1000);
  registry.gauge('process_resident_memory_bytes', (gauge) => gauge.set(process.memoryUsage.rss()));
  if (process.platform === 'linux') collectDescriptors(registry);
  registry.gauge('nodejs_eventloop_lag_seconds', async (gauge) => {
    const dueMs = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    gauge.set((performance.now() - dueMs) / 1000);
  });
  collectResources(registry);
  registry.gauge('nodejs_heap_size_total_bytes', (gauge) => gauge.set(process.memoryUsage().heapTotal));
  registry.gauge('nodejs_heap_size_used_bytes', (gauge) => gauge.set(process.memoryUsage().heapUsed));
  registry.gauge('nodejs_external_memory_bytes', (gauge) => gauge.set(process.memoryUsage().external));
  const { version } = process;
  const [major = '', minor = '', patch = ''] = version.slice(1).split('.');
  registry.gauge('nodejs_version_info').set({ version, major, minor, patch }, 1);
}

function collectCpu(registry: PromRegistry): void {
  const tell = (name: Parameters<PromRegistry['counter']>[0], micros: (usage: NodeJS.CpuUsage) => number) =>
    registry.counter(name, (counter) => {
      counter.reset();
      counter.inc(micros(process.cpuUsage()) / 1e6);
    });
  tell('process_cpu_user_seconds_total', ({ user }) => user);
  tell('process_cpu_system_seconds_total', ({ system }) => system);
  tell('process_cpu_seconds_total', ({ user, system }) => user + system);
}

function collectDescriptors(registry: PromRegistry): void {
  registry.gauge('process_open_fds', async (gauge) => {
    // One of them is the folder itself, which is open while it is read.
    gauge.set((await readdir('/proc/self/fd')).length - 1);
  });
  registry.gauge('process_max_fds', async (gauge) => {
    const limit = /^Max open files\s+(\d+|unlimited)/m.exec(await readFile('/proc/self/limits', 'utf8'))?.[1];
    gauge.set(limit === undefined || limit === 'unlimited' ? Infinity : Number(limit));
  });
}

function collectResources(registry: PromRegistry): void {
  registry.gauge('nodejs_active_resources', (gauge) => {
    const counts = new Map<string, number>();
    for (const type of process.getActiveResourcesInfo()) counts.set(type, (counts.get(type) ?? 0) + 1);
    gauge.reset();
    for (const [type, count] of counts) gauge.set({ type }, count);
  });
  registry.gauge('nodejs_active_resources_total', (gauge) => gauge.set(process.getActiveResourcesInfo().length));
}
