import { PNG } from '../../files';
import { type Harness, startHarness } from './harness';
import { KINDS, laden, SECRET } from './pictures';

let server: Harness;
beforeAll(async () => {
  server = await startHarness();
});
afterAll(() => server.stop());

const THUMBNAIL = `data:image/png;base64,${PNG.toString('base64')}`;
const uploadTo = (id: string) => `/v3/directline/conversations/${id}/upload`;

function form(activity: object | undefined, ...files: readonly (readonly [Buffer | string, string])[]): FormData {
  const data = new FormData();
  if (activity)
    data.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
  for (const [content, name] of files) data.append('file', new Blob([content]), name);
  return data;
}

async function upload(body: FormData | Buffer, headers: Record<string, string> = {}) {
  const started = await server.start();
  const answer = await server.call('POST', uploadTo(started.conversationId), { bearer: started.token, body, headers });
  const read = await server.call('GET', `/v3/directline/conversations/${started.conversationId}/activities`, {
    bearer: started.token,
  });
  const activity = read.body.activities.find((one: { id: string }) => one.id === answer.body.id);
  return { ...started, answer, activity };
}
const path = (contentUrl: string) => contentUrl.replace('https://chat.example.gov.uk', '');

test('a picture with its activity: text, client id and preview are kept, the type is what the content is', async () => {
  const activity = {
    type: 'message',
    text: 'Look',
    channelData: { clientActivityID: 'c1' },
    attachments: [{ contentType: 'text/html', name: 'bin.png', thumbnailUrl: THUMBNAIL }],
  };
  const sent = await upload(form(activity, [PNG, 'bin.png']));
  expect(sent.answer.status).toBe(200);
  expect(sent.activity).toMatchObject({ text: 'Look', channelData: { clientActivityID: 'c1' } });
  const [attachment] = sent.activity.attachments;
  expect(attachment).toMatchObject({ contentType: 'image/png', name: 'bin.png', thumbnailUrl: THUMBNAIL });
  const file = await fetch(server.url + path(attachment.contentUrl));
  expect(Buffer.from(await file.arrayBuffer()).equals(PNG)).toBe(true);
  expect(file.headers.get('content-type')).toBe('image/png');
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''bin.png");
});

test('links are signed, for one file, for an hour', async () => {
  const sent = await upload(form({ type: 'message' }, [PNG, 'a.png']));
  const link = path(sent.activity.attachments[0].contentUrl);
  expect((await server.call('GET', link.replace(/\?.*/, ''))).status).toBe(403);
  expect((await server.call('GET', link.replace(/files\/[^?]+/, 'files/other'))).status).toBe(403);
  server.clock.now += 3601_000;
  expect((await server.call('GET', link)).status).toBe(403);
});

test('the activity part may have no name (the example of the documentation)', async () => {
  const boundary = 'DD4E5147';
  const head = `--${boundary}\r\nContent-Type: image/png\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n`;
  const tail = `\r\n--${boundary}\r\nContent-Type: application/vnd.microsoft.activity\r\n\r\n{"type":"message","text":"Hey"}\r\n--${boundary}--\r\n`;
  const sent = await upload(Buffer.concat([Buffer.from(head), PNG, Buffer.from(tail)]), {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
  expect(sent.activity).toMatchObject({ text: 'Hey', attachments: [{ contentType: 'image/png' }] });
});

test('one file can be the raw body', async () => {
  const sent = await upload(PNG, {
    'content-type': 'image/png',
    'content-disposition': 'name="file"; filename="badger.png"',
  });
  expect(sent.activity).toMatchObject({
    type: 'message',
    attachments: [{ contentType: 'image/png', name: 'badger.png' }],
  });
});

test('several files become one message', async () => {
  const sent = await upload(form({ type: 'message' }, [PNG, 'a.png'], [PNG, 'b.png']));
  expect(sent.activity.attachments.map(({ name }: { name: string }) => name)).toEqual(['a.png', 'b.png']);
});

test('a preview may be no address elsewhere', async () => {
  const activity = { type: 'message', attachments: [{ name: 'a.png', thumbnailUrl: 'https://evil.example/pixel' }] };
  const sent = await upload(form(activity, [PNG, 'a.png']));
  expect(sent.activity.attachments[0].thumbnailUrl).toBeUndefined();
});

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.png'],
  ['HTML', '<!doctype html><script>alert(1)</script>', 'a.jpg'],
  ['text', 'hello', 'a.txt'],
  ['HEIC', Buffer.from('00000018667479706865696300000000686569636d696631', 'hex'), 'a.heic'],
  ['a damaged picture', PNG.subarray(0, 40), 'a.png'],
  ['a ZIP', Buffer.from('504b0304140000000000', 'hex'), 'a.png'],
])('%s is refused whatever its name says, and nothing is said', async (_name, content, name) => {
  const before = server.turns.accepted.length;
  const sent = await upload(form({ type: 'message' }, [PNG, 'good.png'], [content, name]));
  expect(sent.answer).toMatchObject({ status: 415, body: { error: { code: 'UnsupportedMediaType' } } });
  expect(server.turns.accepted).toHaveLength(before + 1);
});

test.each(KINDS)('a %s is kept without place, texts, and what hides behind its end', async (kind) => {
  const sent = await upload(form({ type: 'message' }, [laden(kind, 6), 'photo']));
  const file = await fetch(server.url + path(sent.activity.attachments[0].contentUrl));
  expect([file.status, file.headers.get('content-type')]).toEqual([200, `image/${kind}`]);
  expect(Buffer.from(await file.arrayBuffer()).includes(SECRET)).toBe(false);
});

test('a file over 4 MB, and more than four files, are refused with 413', async () => {
  const big = Buffer.concat([PNG, Buffer.alloc(4 * 1024 * 1024)]);
  const code = 'MessageSizeTooBig';
  expect((await upload(form({ type: 'message' }, [big, 'a.png']))).answer).toMatchObject({
    status: 413,
    body: { error: { code } },
  });
  const five = Array.from({ length: 5 }, () => [PNG, 'a.png'] as const);
  expect((await upload(form({ type: 'message' }, ...five))).answer).toMatchObject({
    status: 413,
    body: { error: { code } },
  });
});

test('an upload that is cut off in the middle of a file is refused at once, and the process stays up', async () => {
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  const cut = await upload(Buffer.concat([Buffer.from(head), PNG]), type);
  expect(cut.answer).toMatchObject({ status: 400, body: { error: { code: 'BadSyntax' } } });
  const second = await upload(Buffer.concat([Buffer.from(head), PNG, Buffer.from(`\r\n${head}`), PNG]), type);
  expect(second.answer.status).toBe(400);
});

test('a quoted boundary, words like a delimiter in a file, and quotes in a name are read as they are meant', async () => {
  const boundary = "a'()+_,-./:=?";
  const like = `\r\n--${boundary}x\r\n`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a\\";b.pdf"\r\n\r\n`;
  const pdf = `%PDF-1.7\n${like}%%EOF`;
  const sent = await upload(Buffer.from(`preamble\r\n${head}${pdf}\r\n--${boundary}--\r\nepilogue`), {
    'content-type': `multipart/form-data; boundary="${boundary}"`,
  });
  const [attachment] = sent.activity.attachments;
  expect(attachment).toMatchObject({ contentType: 'application/pdf' });
  expect((await server.call('GET', path(attachment.contentUrl))).body).toBe(pdf);
});

test('broken and empty uploads are refused with 400', async () => {
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  expect((await upload(Buffer.from('--x\r\nContent-Disp'), type)).answer.status).toBe(400);
  expect((await upload(Buffer.from('nothing'), { 'content-type': 'multipart/form-data' })).answer.status).toBe(400);
  expect((await upload(form({ type: 'message' }))).answer.status).toBe(400);
});

test('names are shorn of folders and control characters', async () => {
  const sent = await upload(PNG, {
    'content-type': 'image/png',
    'content-disposition': 'filename="../../etc/<b>x.png"',
  });
  expect(sent.activity.attachments[0].name).toBe('bx.png');
});

test.each([
  ['zdjęcie śmietnika.png', 'zdjęcie śmietnika.png'],
  ['\u202egnp.exe\u2066photo.png', 'gnp.exephoto.png'],
  [`a${'😀'.repeat(120)}`, '😀'.repeat(100)],
])('the name %j is kept as %j, and the file can be fetched', async (given, kept) => {
  const sent = await upload(form({ type: 'message' }, [PNG, given]));
  const [attachment] = sent.activity.attachments;
  expect(attachment.name).toBe(kept);
  const file = await server.call('GET', path(attachment.contentUrl));
  expect(file.status).toBe(200);
  expect(file.headers.get('content-disposition')).toContain(encodeURIComponent(kept));
});
