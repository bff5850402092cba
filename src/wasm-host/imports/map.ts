import { newList, none, some32, some64 } from '../memory/blocks.ts';
import type { Host } from '../host.ts';
import type { MapKey } from '../maps/map-store.ts';
import type { ImportGroup } from './import-group.ts';

/** Maps (language.md §11 map, abi.md §2.6): every change gives a new handle. Keys are text or 64 bits, values 32 or 64 bits. */
export const mapImports: ImportGroup = (host) => {
  const { memory, maps } = host;
  const has = (map: number, key: MapKey) => (maps.get(map).get(key) === undefined ? 0 : 1);
  const remove = (map: number, key: MapKey) => maps.add(maps.get(map).remove(key));
  const get32 = (map: number, key: MapKey) => {
    const cell = maps.get(map).get(key);
    return cell === undefined ? none(memory) : some32(memory, Number(cell));
  };
  const get64 = (map: number, key: MapKey) => {
    const cell = maps.get(map).get(key);
    return cell === undefined ? none(memory) : some64(memory, BigInt(cell));
  };
  return {
    map_new: () => maps.create(),
    map_size: (map: number) => BigInt(maps.get(map).size),
    map_has_str: (map: number, key: number) => has(map, memory.text(key)),
    map_has_i64: has,
    map_get_str_i32: (map: number, key: number) => get32(map, memory.text(key)),
    map_get_str_i64: (map: number, key: number) => get64(map, memory.text(key)),
    map_get_i64_i32: get32,
    map_get_i64_i64: get64,
    map_set_str_i32: (map: number, key: number, value: number) => maps.add(maps.get(map).set(memory.text(key), value)),
    map_set_str_i64: (map: number, key: number, value: bigint) => maps.add(maps.get(map).set(memory.text(key), value)),
    map_set_i64_i32: (map: number, key: bigint, value: number) => maps.add(maps.get(map).set(key, value)),
    map_set_i64_i64: (map: number, key: bigint, value: bigint) => maps.add(maps.get(map).set(key, value)),
    map_remove_str: (map: number, key: number) => remove(map, memory.text(key)),
    map_remove_i64: remove,
    map_keys_str: (map: number) => list32(host, map, ([key]) => memory.writeText(String(key))),
    map_keys_i64: (map: number) => list64(host, map, ([key]) => BigInt(key)),
    map_values_i32: (map: number) => list32(host, map, ([, cell]) => Number(cell)),
    map_values_i64: (map: number) => list64(host, map, ([, cell]) => BigInt(cell)),
  };
};

type Entry = readonly [MapKey, number | bigint];

/** A list of one i32 for each entry, in order of insertion. */
function list32({ memory, maps }: Host, handle: number, item: (entry: Entry) => number): number {
  const map = maps.get(handle);
  const address = newList(memory, map.size, 4);
  let at = address + 4;
  for (const entry of map.entries()) {
    memory.writeI32(at, item(entry));
    at += 4;
  }
  return address;
}

function list64({ memory, maps }: Host, handle: number, item: (entry: Entry) => bigint): number {
  const map = maps.get(handle);
  const address = newList(memory, map.size, 8);
  let at = address + 4;
  for (const entry of map.entries()) {
    memory.writeI64(at, item(entry));
    at += 8;
  }
  return address;
}
