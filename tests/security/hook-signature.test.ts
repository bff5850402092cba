import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hookSecret, isSignedHook } from '../../src/security/hook-signature.ts';

const BODY = Buffer.from('{"ref":"refs/heads/main"}');
const hex = (secret = 'right', body: Uint8Array = BODY) => createHmac('sha256', secret).update(body).digest('hex');

describe('a webhook', () => {
  it.each([
    ['of GitHub', { 'x-hub-signature-256': `sha256=${hex()}` }],
    ['of Gitea', { 'x-gitea-signature': hex() }],
    ['of Forgejo', { 'x-forgejo-signature': hex().toUpperCase() }],
    ['of GitLab', { 'x-gitlab-token': 'right' }],
    ['of anybody else', { 'x-signature-256': `sha256=${hex()}` }],
    ['with one right signature of two', { 'x-gitea-signature': 'old', 'x-hub-signature-256': `sha256=${hex()}` }],
  ])('%s is signed', (_, headers) => expect(isSignedHook(headers, BODY, 'right')).toBe(true));

  it.each<[string, Parameters<typeof isSignedHook>[0]]>([
    ['without any', {}],
    ['of another secret', { 'x-hub-signature-256': `sha256=${hex('wrong')}` }],
    ['of another body', { 'x-hub-signature-256': `sha256=${hex('right', Buffer.from('{}'))}` }],
    ['cut', { 'x-gitea-signature': hex().slice(1) }],
    ['of another hash', { 'x-hub-signature-256': `sha1=${hex()}` }],
    ['given twice', { 'x-gitea-signature': [hex(), hex()] }],
    ['a token that begins like the secret', { 'x-gitlab-token': 'righ' }],
    ['an empty token', { 'x-gitlab-token': '' }],
  ])('%s is not signed', (_, headers) => expect(isSignedHook(headers, BODY, 'right')).toBe(false));

  it('is never signed where no secret is set', () => {
    expect(isSignedHook({ 'x-gitlab-token': '', 'x-gitea-signature': hex('') }, BODY, undefined)).toBe(false);
  });
});

describe('the secret of a hook', () => {
  it.each([
    [{}, undefined],
    [{ CLARITY_HOOK_SECRET: ' all ' }, 'all'],
    [{ CLARITY_HOOK_SECRET: 'all', CLARITY_HOOK_SECRET_OUR_TOOLS: 'own' }, 'own'],
    [{ CLARITY_HOOK_SECRET: 'all', CLARITY_HOOK_SECRET_OUR_TOOLS: '' }, 'all'],
    [{ CLARITY_HOOK_SECRET_TOOLS: 'other' }, undefined],
  ])('%j', (env, secret) => expect(hookSecret(env, 'our-tools')).toBe(secret));
});
