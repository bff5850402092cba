import { expect, it } from 'vitest';

import { readInterface } from '../../../src/compiler/interface/decode.ts';
import { compileText } from '../../helpers/clarity-compile.ts';

const LIB = `module Lib
// A coin.
export type Coin = | Gold(worth: Int64) | Copper
export type Chest<T> = { inside: List<T>, lock: Option<Lock> }
type Lock = { key: Coin, next: Chest<Bool> }
export type Unused = { n: Int64 }
export function coin() -> Coin { Copper }`;
const MAIN = `// What it is for.
module Main
import { Coin, Chest } from "./lib"
type Pair<A, B> = {
  // The first.
  a: A,
  b: B
}
type Same = { coin: Coin, back: Back }
type Back = { all: List<Same> }
// Sorts them.
// In place.
export effect[Network, Log] function sort(chest: Chest<Int64>, by: (Coin, Coin) -> Bool, m: Map<String, Bytes>) -> Result<Pair<Float64, Same>, String> { Err("") }
function generic<T>(x: T) -> T { x }
function plain(t: Timestamp) -> Unit { }`;
const files = { 'lib.clarity': LIB };

it('lists every callable function and every type that they reach, with their comments', () => {
  expect(compileText(MAIN, files).interface).toMatchSnapshot();
});

it('is what the wasm carries', () => {
  const { wasm, interface: description } = compileText(MAIN, files);
  expect(wasm && readInterface(wasm)).toEqual(description);
});

it('names a type by its module only where two have its name', () => {
  const text = `module Main
import { Crate } from "./lib"
type Coin = { n: Int64 }
type Both = { mine: Coin }
export function f(b: Both) -> Coin { b.mine }
export function g(c: Crate) -> Int64 { 1 }`;
  const names = (source: string) =>
    compileText(source, { 'lib.clarity': `${LIB}\nexport type Crate = { coin: Coin }` }).interface?.types.map(
      ({ name }) => name,
    );
  expect(names(text)).toEqual(['Lib.Coin', 'Crate', 'Main.Coin', 'Both']);
  expect(names(text.replace('c: Crate', 'c: Int64'))).toEqual(['Coin', 'Both']);
});
