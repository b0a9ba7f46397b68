import { describe, expect, test } from 'vitest';
import { serverAddress, urlOf } from './server-address.ts';

describe('serverAddress', () => {
  test.each([
    ['http://localhost:8888', '/', { origin: 'http://localhost:8888', basePath: '/' }],
    ['https://hub.example.org', '/user/me/', { origin: 'https://hub.example.org', basePath: '/user/me/' }],
    [
      'https://hub.example.org/',
      '/user/me%40x.org',
      { origin: 'https://hub.example.org', basePath: '/user/me%40x.org/' },
    ],
    ['https://a.example', 'https://a.example/x/', { origin: 'https://a.example', basePath: '/x/' }],
    ['http://[::1]:8888', '/', { origin: 'http://[::1]:8888', basePath: '/' }],
  ])('%s %s', (origin, baseUrl, value) => {
    expect(serverAddress(origin, baseUrl)).toEqual({ ok: true, value });
  });

  test.each([
    ['file:///home', '/'],
    ['javascript:alert(1)', '/'],
    ['not a url', '/'],
    ['https://user:pass@a.example', '/'],
    ['https://a.example', 'https://b.example/'],
    ['https://a.example', '//b.example/'],
    ['https://a.example', '/x?y'],
    ['https://a.example', '/x//y/'],
  ])('refuses %s %s', (origin, baseUrl) => {
    expect(serverAddress(origin, baseUrl)).toEqual({ ok: false, failure: { kind: 'bad-address' } });
  });
});

describe('urlOf', () => {
  const server = { origin: 'http://localhost:8888', basePath: '/user/me/' };
  const root = 'http://localhost:8888/user/me';
  test.each([
    ['', `${root}/files`],
    ['a/b.pt', `${root}/files/a/b.pt`],
    ['my run/#1?.pt', `${root}/files/my%20run/%231%3F.pt`],
    ['100%/%2e%2e', `${root}/files/100%25/%252e%252e`],
    [`it's "q" \\ <b>`, `${root}/files/it%27s%20%22q%22%20%5C%20%3Cb%3E`],
    ['Läufe/模型', `${root}/files/L%C3%A4ufe/%E6%A8%A1%E5%9E%8B`],
    ['tab\tline\n', `${root}/files/tab%09line%0A`],
    ['...', `${root}/files/...`],
  ])('%j', (path, url) => {
    expect(urlOf(server, 'files', path)?.href).toBe(url);
  });

  test.each(['..', '../x', 'a/../b', './a', 'a//b', '/a', 'a/', 'a\0b', '\ud800'])('refuses %j', (path) => {
    expect(urlOf(server, 'files', path)).toBeNull();
  });

  test('names that are routes of the server itself are folders all the same', () => {
    const of = (path: string) => urlOf(server, 'api/contents', path)?.href;
    expect(of('logs/checkpoints')).toBe(`${root}/api/contents/logs/%63heckpoints`);
    expect(of('a/checkpoints/checkpoint_0')).toBe(`${root}/api/contents/a/%63heckpoints/checkpoint_0`);
    expect(of('a/trust')).toBe(`${root}/api/contents/a/%74rust`);
    expect(urlOf(server, 'files', 'a/checkpoints/b.pt')?.href).toBe(`${root}/files/a/checkpoints/b.pt`);
  });

  test('query', () => {
    expect(urlOf(server, 'api/contents', 'a', { content: '1', x: 'a&b' })?.href).toBe(
      `${root}/api/contents/a?content=1&x=a%26b`,
    );
  });
});
