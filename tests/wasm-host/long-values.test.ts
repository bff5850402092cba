import { describe, expect, it } from 'vitest';
import { MapTable } from '../../src/wasm-host/maps/map-table.ts';
import { GuestMemory } from '../../src/wasm-host/memory/guest-memory.ts';

describe('what the host keeps outside of the memory of a module', () => {
  it('counts long keys of maps by their length', () => {
    const maps = new MapTable(1000);
    const map = maps.get(maps.create()).set('x'.repeat(64 * 500), 1);
    expect(() => map.set('y'.repeat(64 * 500), 1)).toThrow('ran out of memory');
    expect(map.set('short', 1).size).toBe(2);
  });

  it('reads no text of over 16 MiB', () => {
    const memory = new GuestMemory(64 * 1024 * 1024);
    memory.bind(new WebAssembly.Memory({ initial: 300 }));
    const most = 16 * 1024 * 1024;
    const address = memory.alloc(most + 8);
    memory.writeI32(address, most);
    expect(memory.text(address)).toHaveLength(most);
    memory.writeI32(address, most + 1);
    expect(() => memory.text(address)).toThrow('a text of over 16777216 bytes');
  });
});
