import { describe, expect, it } from 'vitest';
import { checkHost, checkOrigin, type DoorPolicy } from '../../src/security/door-policy.ts';

const policy: DoorPolicy = {
  boundHost: '192.168.1.5',
  port: 4707,
  allowedHosts: ['mcp.example.com', 'two.example.com:8443'],
  allowedOrigins: ['https://app.example.org', 'vscode-webview://abc'],
};
const wildcard: DoorPolicy = { boundHost: '0.0.0.0', port: 4707, allowedHosts: [], allowedOrigins: [] };
const six: DoorPolicy = { ...wildcard, boundHost: 'fd00::5' };

describe('Host', () => {
  it.each([
    'localhost',
    'LocalHost:4707',
    'localhost.:4707',
    '127.0.0.1',
    '127.0.0.1:8080',
    '127.255.255.254:1',
    '[::1]',
    '[::1]:4707',
    '192.168.1.5',
    '192.168.1.5:4707',
    'mcp.example.com',
    'MCP.example.com:443',
    'two.example.com:8443',
  ])('%s is answered', (host) => expect(checkHost(host, policy)).toBe(true));

  it.each([
    undefined,
    '',
    ' ',
    'evil.example',
    'evil.example:4707',
    'localhost.evil.example',
    'mcp.example.com.evil.example',
    'evil-mcp.example.com',
    'two.example.com',
    'two.example.com:8444',
    '127.1',
    '0x7f.0.0.1',
    '127.0.0.01',
    '127.0.0.256',
    '2130706433',
    '0.0.0.0:4707',
    '192.168.1.6',
    '::1',
    '[::1',
    '[::1]x',
    'localhost:',
    'localhost:99999',
    'localhost:4707:4707',
    'localhost,evil.example',
    'user@localhost',
    'localhost/evil',
    'local host',
    'localhost\r\nx: y',
  ])('%j is refused', (host) => expect(checkHost(host, policy)).toBe(false));

  it('a wildcard address is nobody’s name, an IPv6 one stands in brackets', () => {
    expect(checkHost('0.0.0.0:4707', wildcard)).toBe(false);
    expect(checkHost('[::]:4707', { ...wildcard, boundHost: '::' })).toBe(false);
    expect(checkHost('[FD00::5]:4707', six)).toBe(true);
    expect(checkHost('[fd00::6]:4707', six)).toBe(false);
  });
});

describe('Origin', () => {
  it.each([
    undefined,
    'http://localhost',
    'http://localhost:5173',
    'https://127.0.0.1:1',
    'http://[::1]:3000',
    'http://192.168.1.5:4707',
    'https://mcp.example.com',
    'http://mcp.example.com:4707',
    'https://two.example.com:8443',
    'https://app.example.org',
    'HTTPS://APP.example.org',
    'vscode-webview://abc',
  ])('%s is answered', (origin) => expect(checkOrigin(origin, policy)).toBe(true));

  it.each([
    'null',
    '',
    'http://evil.example',
    'https://evil.example:4707',
    'http://192.168.1.5:8080',
    'http://192.168.1.5',
    'https://mcp.example.com:9999',
    'https://two.example.com',
    'http://app.example.org',
    'https://app.example.org.evil.example',
    'http://localhost.evil.example',
    'http://localhost@evil.example',
    'http://evil.example#localhost',
    'http://localhost/path',
    'file://localhost',
    'vscode-webview://abcd',
    'localhost',
  ])('%j is refused', (origin) => expect(checkOrigin(origin, policy)).toBe(false));
});
