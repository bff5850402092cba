import { ByteWriter } from '../compiler/wasm/byte-writer.ts';

const CUSTOM = 0;

/** The bytes of a custom section: behind any module they change nothing of what it does. */
export function customSectionBytes(name: string, content: Uint8Array): Uint8Array {
  const body = new ByteWriter(content.length + 64);
  body.name(name);
  body.raw(content);
  const section = new ByteWriter(body.length + 8);
  section.u8(CUSTOM);
  section.u32(body.length);
  section.raw(body.written());
  return section.written();
}
