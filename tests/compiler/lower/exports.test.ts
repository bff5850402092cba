import { expect, it } from 'vitest';

import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';
import { CompiledModule } from '../../../src/wasm-host/compiled-module.ts';
import { instantiate } from '../../../src/wasm-host/instantiate.ts';

const LIB = `module Lib
type Box = { n: Int64 }
export type Crate = { box: Box }
export function crate(n: Int64) -> Crate { { box: { n: n } } }
export function twice<T>(x: T, f: (T) -> T) -> T { f(f(x)) }
function unused(n: Int64) -> Int64 { n }
export function visible(n: Int64) -> Int64 { n }`;

/** What can be called from outside, in the order of the module. */
function exported(source: string): readonly string[] {
  const wasm = wasmOf(compileText(source, { 'lib.clarity': LIB }));
  return instantiate(new CompiledModule(wasm), {}).exports;
}

it('exports every function of the entry file, marked or not, and the instances of its generic ones', () => {
  expect(
    exported(
      `module Main
import { twice, crate, Crate } from "./lib"
type Box = { n: Int64 }
function same<T>(x: T) -> T { x }
function pair<A, B>(a: A, b: B) -> A { a }
function unused<T>(x: T) -> T { x }
function hidden(n: Int64) -> Int64 { twice(n, |m: Int64| m * 2) }
export function shown(n: Int64) -> Int64 { same(n) }`,
    ),
  ).toEqual(['hidden', 'shown', 'same$Int64']);
});

it('names instances by their types as they are written', () => {
  expect(
    exported(`module Main
type Box = { n: Int64 }
function same<T>(x: T) -> T { x }
function pair<A, B>(a: A, b: B) -> A { a }
export function f() -> Int64 {
  let m: Map<String, List<Box>> = map_new();
  same(m); same(|n: Int64, s: String| n > 0); same({}); pair(Some(1), same([{ n: 1 }])); 1
}`),
  ).toEqual([
    'f',
    'same$Map<String, List<Box>>',
    'same$(Int64, String) -> Bool',
    'same$Unit',
    'pair$Option<Int64>$List<Box>',
    'same$List<Box>',
  ]);
});

it('tells types of one name from two modules apart', () => {
  expect(
    exported(`module Main
import { crate } from "./lib"
type Box = { text: String }
function same<T>(x: T) -> T { x }
export function f() -> String { let a = same(crate(1).box); same({ text: int_to_string(a.n) }).text }`),
  ).toEqual(['f', 'same$Box', 'same$Box#2']);
});
