import { startTexting } from './texting';

/** STOP, START and HELP by text, on the whole product. */
describe('words that the law and the carriers know', () => {
  let texting: Awaited<ReturnType<typeof startTexting>>;
  beforeAll(async () => {
    texting = await startTexting();
  }, 60_000);
  afterAll(() => texting.stop());

  let messages = 0;
  const text = (from: string, body: string) =>
    texting.twilio.text({ from, body, sid: `SM${String(++messages).padStart(32, '0')}` });
  const answers = (from: string, count: number) => texting.sentTo(from, count);

  it('answers START after STOP, and the report goes on', async () => {
    const from = '+447700900111';
    await text(from, 'my bin at 10 Sample Road WB1 2AB was not collected');
    const [question = ''] = await answers(from, 1);
    await text(from, 'STOP');
    await text(from, 'hello');
    await text(from, 'START');
    const [, started = ''] = await answers(from, 2);
    expect(started).toContain('You get our texts again');
    expect(started).toContain(question.split('\n').at(-1));
    await text(from, 'food');
    expect((await answers(from, 3))[2]).toContain('Food waste, 10 Sample Road');
  });

  it('answers HELP with 999, our number and the price', async () => {
    const from = '+447700900112';
    await text(from, 'HELP');
    const [help] = await answers(from, 1);
    expect(help).toMatch(/999.*020 7946 0100.*normal rate/);
    expect(help).toMatch(/6 Show more$/);
  });
});
