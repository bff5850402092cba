import type { Host } from '../host.ts';
import { HostError } from '../host-error.ts';
import { err32, ok32, optionalText } from '../memory/blocks.ts';
import type { ImportGroup } from './import-group.ts';

/** Checkpoints (language.md §11 persist). */
export const persistImports: ImportGroup = (host) => {
  const { memory } = host;
  return {
    checkpoint_save: (key: number, value: number) => {
      const failure = save(host, 'checkpoint_save', key, value);
      return failure === undefined
        ? ok32(memory, memory.writeText(memory.text(key)))
        : err32(memory, memory.writeText(failure));
    },
    checkpoint_save_raw: (key: number, value: number) =>
      save(host, 'checkpoint_save_raw', key, value) === undefined ? 1 : 0,
    checkpoint_load: (key: number) =>
      optionalText(memory, host.need('checkpoints', 'checkpoint_load').load(memory.text(key))),
    checkpoint_delete: (key: number) => host.need('checkpoints', 'checkpoint_delete').delete(memory.text(key)),
  };
};

/** Undefined, or why it failed. */
function save(host: Host, name: string, key: number, value: number): string | undefined {
  const store = host.need('checkpoints', name);
  const [id, content] = [host.memory.text(key), host.memory.text(value)];
  try {
    store.save(id, content);
    return undefined;
  } catch (error) {
    if (error instanceof HostError) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}
