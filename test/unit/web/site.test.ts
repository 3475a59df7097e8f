import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteRoutes } from '../../../src/web/site/routes';
import { type Harness, startHarness } from '../directline/harness';

let server: Harness;
let tiles: { url: string; maxZoom: number; credit: string; creditLink: string } | undefined;
let distDir: string;
let nonces = 0;
beforeAll(async () => {
  distDir = mkdtempSync(join(tmpdir(), 'wandle-site-'));
  const put = (path: string, content: string) => {
    mkdirSync(join(distDir, path, '..'), { recursive: true });
    writeFileSync(join(distDir, path), content);
  };
  put(
    'chat/index.html',
    '<html lang="en" dir="ltr"><title>{{title}}</title><i data-settings="{{settings}}"></i>{{intro}}{{log}}{{message}}<p>{{greeting}}</p>{{noscript}}',
  );
  put(
    'chat/text/en.json',
    '{"title":"Ask {council}","intro":"","log":"","message":"","noscript":"text {sms}","noscriptPhone":"phone {phone}"}',
  );
  put('chat/text/ur.json', '{"title":"{council} سے پوچھیں"}');
  put('chat.js', '(()=>{})()');
  put(
    'chat/map.html',
    '<html lang="en" dir="ltr"><title>{{title}}</title>{{how}}{{plain}}{{zoomIn}}{{zoomOut}}<a href="{{creditLink}}">{{credit}}</a><i data-settings="{{settings}}">',
  );
  put(
    'webchat/index.html',
    '<html lang="en" dir="ltr"><title>{{title}}</title><script src="{{bundle}}"></script><i data-nonce="{{nonce}}" data-locale="{{locale}}">',
  );
  put('assets/official-webchat-4.1.js', 'full');
  put('assets/official-webchat-minimal-4.1.js', 'minimal');
  put('site/index.html', '<h1>{{council}}</h1>');
  put('site/accessibility.html', '<p>{{phone}} {{tel}}</p>');
  put('assets/chat-abc.js', 'export const x = "x".repeat(2000);');
  const site = siteRoutes({
    distDir,
    publicUrl: 'https://chat.example.gov.uk',
    origins: ['https://www.example.gov.uk'],
    council: { name: 'Wandle <Bridge>', shortName: 'Wandle "B"', phone: '020 7946 0100' },
    sms: undefined,
    languages: ['en', 'pl', 'ur'],
    greeting: (language) => `Hello in ${language}`,
    map: { tiles: () => tiles, area: async () => ({ south: 51.3, north: 51.5, west: -0.3, east: 0 }) },
    nonce: () => `nonce${++nonces}`,
  });
  server = await startHarness({ parts: [site] });
});
afterAll(async () => {
  await server.stop();
  rmSync(distDir, { recursive: true });
});
const get = (path: string, headers: Record<string, string> = {}) => server.call('GET', path, { headers });

test('the chat page is in the language asked for, or the browser’s, with its direction', async () => {
  expect((await get('/chat?lang=ur')).body).toMatch(/^<html lang="ur" dir="rtl"><title>Wandle &#34;B&#34; سے/);
  expect((await get('/chat', { 'accept-language': 'fr, ur-PK;q=0.8, en;q=0.5' })).body).toMatch(/^<html lang="ur"/);
  expect((await get('/chat', { 'accept-language': 'fr' })).body).toMatch(/^<html lang="en" dir="ltr"/);
  expect((await get('/chat?lang=%22%3E%3Cscript%3E')).body).toMatch(/^<html lang="en"/);
});

test('a language without page texts keeps English words, and is still asked of the assistant', async () => {
  const { body } = await get('/chat?lang=pl');
  expect(body).toMatch(/^<html lang="en" dir="ltr"/);
  expect(body).toContain('&#34;locale&#34;:&#34;pl&#34;');
  expect(body).toContain('phone 020 7946 0100');
});

test('the chat page comes compressed, and caches tell its languages and codings apart', async () => {
  const { headers } = await get('/chat?lang=en', { 'accept-encoding': 'gzip, br' });
  expect([headers.get('content-encoding'), headers.get('vary')]).toEqual(['br', 'Accept-Encoding, Accept-Language']);
});

test('the greeting is in the page before any script', async () => {
  expect((await get('/chat?lang=ur')).body).toContain('<p>Hello in ur</p>');
});

test('policies allow our own scripts and nothing else; only chosen sites may frame the chat', async () => {
  const policy = (await get('/chat')).headers.get('content-security-policy') ?? '';
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'self' https://www.example.gov.uk",
    "trusted-types 'none'",
    "connect-src 'self' wss://chat.example.gov.uk",
  ])
    expect(policy.split('; ')).toContain(part);
  expect((await get('/')).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect((await get('/chat')).headers.get('set-cookie')).toBeNull();
});

describe('the page of the map', () => {
  const parts = async () => {
    const { headers, body } = await get('/chat/map?lang=ur');
    return { policy: (headers.get('content-security-policy') ?? '').split('; '), headers, body };
  };

  test('has its own policy, and nothing from elsewhere without a tile server', async () => {
    const { policy, headers, body } = await parts();
    expect(policy).toEqual(
      expect.arrayContaining(['trusted-types default', "img-src 'self' data:", "script-src 'self'"]),
    );
    expect(policy).toContain("frame-ancestors 'self' https://www.example.gov.uk");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(body).toMatch(/^<html lang="ur" dir="rtl">/);
    expect((await get('/chat')).headers.get('content-security-policy')).toContain("frame-src 'self'");
  });

  test('may load pictures of the council’s tile server, and says whose they are', async () => {
    const url = 'https://tiles.example.gov.uk/{z}/{x}/{y}.png';
    tiles = { url, maxZoom: 19, credit: '© <Makers>', creditLink: 'https://maps.example.gov.uk/' };
    const { policy, headers, body } = await parts();
    tiles = undefined;
    expect(policy).toContain("img-src 'self' data: https://tiles.example.gov.uk");
    expect(headers.get('referrer-policy')).toBe('origin');
    expect(body).toContain('<a href="https://maps.example.gov.uk/">© &#60;Makers&#62;</a>');
    expect(body).toContain('{z}/{x}/{y}');
  });
});

test('words of the configuration are escaped', async () => {
  expect((await get('/')).body).toBe('<h1>Wandle &#60;Bridge&#62;</h1>');
  expect((await get('/accessibility')).body).toBe('<p>020 7946 0100 02079460100</p>');
});

test('assets are cached for ever and compressed; there are no others', async () => {
  const asset = await get('/assets/chat-abc.js', { 'accept-encoding': 'br' });
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(asset.headers.get('content-encoding')).toBe('br');
  expect(asset.headers.get('content-type')).toMatch(/^text\/javascript/);
  for (const path of ['/assets/none.js', '/assets/..%2Fchat.js', '/assets/%2e%2e%2fchat%2findex.html'])
    expect((await get(path)).status).toBe(404);
});

test('the page of the official client names its bundle, its language, and its styles by a nonce of its own', async () => {
  const full = await get('/chat/webchat?lang=ur');
  const policy = full.headers.get('content-security-policy') ?? '';
  expect(full.body).toMatch(/^<html lang="ur" dir="rtl">.*src="\/assets\/official-webchat-4.1.js".*data-locale="ur"/);
  const nonce = /data-nonce="([^"]+)"/.exec(full.body)?.[1];
  expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:\/\/(?!www\.example\.gov\.uk)/);
  const minimal = await get('/chat/webchat?bundle=minimal');
  expect(minimal.body).toContain('src="/assets/official-webchat-minimal-4.1.js"');
  expect(minimal.headers.get('content-security-policy')).not.toBe(policy);
});

test('without a build it says what to do', async () => {
  const site = siteRoutes({
    distDir: join(distDir, 'none'),
    publicUrl: 'http://a',
    origins: [],
    council: { name: '', shortName: '', phone: '' },
    sms: undefined,
    languages: ['en'],
    map: { tiles: () => undefined, area: async () => undefined },
    nonce: () => '',
  });
  const bare = await startHarness({ parts: [site] });
  expect(await bare.call('GET', '/chat')).toMatchObject({
    status: 503,
    body: expect.stringContaining('npm run build:web'),
  });
  await bare.stop();
});
