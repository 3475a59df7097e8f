import type { FormInput } from '../../../src/conversation/form';
import { bins, FOOD, HOME, type Shell, shell, understood } from './forms';

const begin = (...entities: Parameters<typeof understood>[1] & object): FormInput => ({
  kind: 'begin',
  understanding: understood('my bin', entities),
});
const say = (words: string, more: Partial<Extract<FormInput, { kind: 'say' }>> = {}): FormInput => ({
  kind: 'say',
  understanding: understood(words),
  ...more,
});
const skip = say('skip', { command: 'skip' });

async function atSummary(it: Shell = shell()): Promise<Shell> {
  await it.send(begin(...HOME, FOOD));
  await it.send(skip);
  expect(it.form?.phase).toEqual({ at: 'summary' });
  return it;
}

describe('prefill', () => {
  test('asks only what is missing and reads back what was understood', async () => {
    const it = shell();
    await it.send(begin(...HOME));
    expect(it.said).toEqual(['common:understood', 'bins:stream.ask']);
  });

  test('a default is never asked', async () => {
    const it = await atSummary();
    expect(it.said).not.toContain('bins:problem.ask');
  });

  test('half an address is kept until its turn', async () => {
    const it = shell();
    await it.send(begin({ kind: 'house-number', value: '3' }));
    expect(it.said).toEqual(['common:address.postcode']);
    await it.send(say('WB1 2AB', { understanding: understood('WB1 2AB', [{ kind: 'postcode', value: 'WB1 2AB' }]) }));
    expect(it.form?.answers.address?.value).toMatchObject({ uprn: '3' });
  });
});

describe('address', () => {
  test('many at a postcode: the number is asked', async () => {
    const it = shell();
    await it.send(begin({ kind: 'postcode', value: 'WB1 2AB' }));
    expect(it.said).toEqual(['common:address.number']);
  });

  test('a number that is not there is said so with those that are, and the postcode is kept', async () => {
    const it = shell();
    const step = await it.send(begin({ kind: 'postcode', value: 'WB1 2AB' }, { kind: 'house-number', value: '99' }));
    expect(it.said).toEqual(['common:address.noNumber']);
    expect('says' in step && step.says[0]?.params).toEqual({
      said: '99',
      where: { list: ['Sample Road'] },
      from: '1',
      to: '10',
    });
    await it.send(say('7', { understanding: understood('7', [{ kind: 'house-number', value: '7' }]) }));
    expect(it.form?.answers.address?.value).toMatchObject({ uprn: '7' });
  });

  test('a postcode of another council is said so, and asked again', async () => {
    const it = shell();
    await it.send(begin({ kind: 'postcode', value: 'WB5 1AA' }));
    expect(it.said).toEqual(['common:address.elsewhere', 'bins:address.ask']);
    expect(it.form?.answers.address).toBeUndefined();
  });
});

describe('stops', () => {
  test('the evidence stops it as soon as it is known, with what is offered', async () => {
    const it = shell();
    it.world.exception = true;
    const step = await it.send(begin(...HOME, FOOD));
    expect(it.said).toEqual(['bins:stop.exception']);
    expect('says' in step && step.says[0]?.choices?.map(({ value }) => value)).toEqual([
      'person',
      'anyway',
      'reminder',
      'none',
    ]);
  });

  test('reported anyway: the stop stays overridden', async () => {
    const it = shell();
    it.world.exception = true;
    await it.send(begin(...HOME, FOOD));
    await it.send(say('', { chosen: 'anyway' }));
    await it.send(skip);
    await it.send(say('yes', { command: 'yes' }));
    expect(it.cases).toEqual(['BI-1']);
  });

  test('a reminder is a timer with the answers', async () => {
    const it = shell();
    it.world.exception = true;
    await it.send(begin(...HOME, FOOD));
    const step = await it.send(say('', { chosen: 'reminder' }));
    expect('effects' in step && step.effects[0]).toMatchObject({
      kind: 'set-timer',
      name: 'reminder:bins',
      value: { service: 'bins' },
    });
  });

  test('an open report is joined, not doubled', async () => {
    const it = shell();
    it.world.open = 'BI-9';
    await it.send(begin(...HOME, FOOD));
    const step = await it.send(say('', { chosen: 'follow' }));
    expect('effects' in step && step.effects).toMatchObject([{ kind: 'follow-case', reference: 'BI-9' }]);
    expect(it.cases).toEqual([]);
  });

  test('what has changed by the time of the summary stops it', async () => {
    const it = await atSummary();
    it.world.open = 'BI-9';
    await it.send(say('yes', { command: 'yes' }));
    expect(it.said.at(-1)).toBe('bins:stop.already');
    expect(it.cases).toEqual([]);
  });

  test('a system that is down stops nothing, and the ending says so', async () => {
    const it = shell();
    it.world.down = true;
    await atSummary(it);
    await it.send(say('yes', { command: 'yes' }));
    expect(it.said).toContain('bins:done.unverified');
  });
});

describe('submitting', () => {
  test('twice opens one case', async () => {
    const it = await atSummary();
    await it.send(say('yes', { command: 'yes' }));
    await it.send(say('yes', { command: 'yes' }));
    await it.send(say('yes', { command: 'yes' }));
    expect(it.cases).toEqual(['BI-1']);
  });

  test('what is open under the same key by now is joined, though no rule of the service looks for it', async () => {
    const it = await atSummary();
    it.world.sameKey = 'BI-9';
    await it.send(say('yes', { command: 'yes' }));
    expect(it.said.at(-1)).toBe('common:alreadyOpen');
    const step = await it.send(say('yes', { command: 'yes' }));
    expect('effects' in step && step.effects).toMatchObject([{ kind: 'follow-case', reference: 'BI-9' }]);
    expect(it.cases).toEqual([]);
  });

  test('updates go to the number they write from', async () => {
    const it = await atSummary(shell(bins, '+447700900123'));
    await it.send(say('yes', { command: 'yes' }));
    const step = await it.send(say('yes', { command: 'yes' }));
    expect('effects' in step && step.effects).toEqual([
      { kind: 'contact-for-case', reference: 'BI-1', contact: '+447700900123' },
    ]);
  });
});

describe('repair', () => {
  test('back takes the last answer away', async () => {
    const it = shell();
    await it.send(begin(...HOME, FOOD));
    await it.send(say('back', { command: 'back' }));
    expect(it.form?.phase).toEqual({ at: 'asking', slot: 'stream' });
    expect(Object.keys(it.form?.answers ?? {})).toEqual(['address']);
  });

  test('"no, number 4" keeps the postcode', async () => {
    const it = await atSummary();
    await it.send(
      say('no, number 4', {
        correcting: true,
        understanding: understood('no, number 4', [{ kind: 'house-number', value: '4' }]),
      }),
    );
    expect(it.form?.answers.address?.value).toMatchObject({ uprn: '4', postcode: 'WB1 2AB' });
    expect(it.form?.phase).toEqual({ at: 'summary' });
  });

  test('a refused answer: the reason, then a person is offered, never the same sentence', async () => {
    const it = shell();
    await it.send(begin(...HOME, FOOD));
    const from = it.said.length;
    for (let count = 0; count < 4; count++) await it.send(say('something rude'));
    const said = it.said.slice(from);
    expect(said.slice(0, 3)).toEqual(['bins:note.reject.rude', 'common:refused', 'common:refused.still']);
    expect(said.every((text, index) => text !== said[index - 1])).toBe(true);
    expect(it.form?.phase).toEqual({ at: 'asking', slot: 'note' });
  });

  test('too long is refused with the limit', async () => {
    const it = shell();
    await it.send(begin(...HOME, FOOD));
    await it.send(say('x'.repeat(41)));
    expect(it.said.at(-1)).toBe('common:invalid.tooLong');
  });

  test('two misunderstandings: other words, then a person, never the same sentence', async () => {
    const it = shell();
    await it.send(begin(...HOME));
    expect(await it.send(say('blah'))).toEqual({ unread: true });
    const from = it.said.length;
    for (let count = 0; count < 4; count++) await it.send({ kind: 'misread' });
    const said = it.said.slice(from);
    expect(said.slice(0, 2)).toEqual(['common:again.choice', 'common:stuck']);
    expect(said.every((text, index) => text !== said[index - 1])).toBe(true);
  });

  test('stop asks whether to keep it; going on loses nothing', async () => {
    const it = shell();
    await it.send(begin(...HOME));
    await it.send(say('stop', { command: 'stop' }));
    await it.send(say('', { chosen: 'go-on' }));
    expect(it.form?.phase).toEqual({ at: 'asking', slot: 'stream' });
    await it.send(say('stop', { command: 'stop' }));
    const step = await it.send(say('', { chosen: 'keep' }));
    expect('done' in step && step.done).toEqual({ how: 'kept' });
  });
});
