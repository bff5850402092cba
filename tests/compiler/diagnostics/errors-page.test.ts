import { describe, expect, it } from 'vitest';
import { check } from '../../../src/compiler/compile.ts';
import { renderErrorsPage } from '../../../src/compiler/diagnostics/errors-page.ts';
import { findKindPage, kindPages } from '../../../src/compiler/diagnostics/explanations/index.ts';
import type { ModuleResolver } from '../../../src/compiler/source/resolver.ts';

describe('docs/reference/clarity-errors.md', () => {
  it('is the documentation of the kinds', async () => {
    await expect(renderErrorsPage()).toMatchFileSnapshot('../../../docs/reference/clarity-errors.md');
  });

  it('finds a kind by its code and by its name', () => {
    for (const page of kindPages()) {
      expect(findKindPage(page.code.toLowerCase())).toEqual(page);
      expect(findKindPage(page.kind)).toEqual(page);
    }
    expect(findKindPage('E000')).toBeUndefined();
  });

  it('shows a program for every kind but the limits', () => {
    const without = kindPages().filter(({ example }) => example === undefined);
    expect(without.map(({ code }) => code)).toEqual(['E701', 'E702']);
  });

  it.each(kindPages())('$code says in whole sentences what it means and what to do', ({ summary, text }) => {
    for (const each of [summary, text]) expect(each).toMatch(/^[A-Z`].*\.$/);
  });
});

describe.each(kindPages().filter(({ example }) => example !== undefined))('the example of $code', (page) => {
  const { kind, files, example } = page;
  const resolver: ModuleResolver = {
    resolve(specifier) {
      const path = `${specifier.replace('./', '')}.clarity`;
      const text = path === 'main.clarity' ? example!.bad : files[path];
      return text === undefined ? undefined : { path, text };
    },
  };
  const findings = (text: string) =>
    new Set(check({ path: 'main.clarity', text }, resolver).diagnostics.map((each) => each.kind));

  it('has that finding and no other', () => {
    expect(findings(example!.bad)).toEqual(new Set([kind]));
  });

  it('has none when it is mended', () => {
    expect(findings(example!.good)).toEqual(new Set());
  });
});
