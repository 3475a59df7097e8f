import { eventually } from '../unit/turn/harness';
import { CASES } from './channels.cases';
import { CHANNELS, FOR_THE_DESK, type ResidentWorld, residentOn } from './channelWorld';

describe.each(CHANNELS)('the channel %s', (channel) => {
  let resident: ResidentWorld;
  beforeEach(async () => {
    resident = await residentOn(channel);
  });
  afterEach(() => resident.close());

  test.each(CASES)('$what', async ({ sends, shown, desk = [] }) => {
    for (const message of sends) expect(await resident.send(message)).toBe(message.status ?? 200);
    // Answers come in order: whatever was answered twice would be there before the answer to this.
    expect(await resident.send({ text: 'that is all', id: 'last' })).toBe(200);
    await eventually(async () => (await resident.shown()).at(-1) === 'echo that is all');
    const expected = 'map' in shown ? shown : (shown[channel] ?? []);
    expect((await resident.shown()).slice(0, -1)).toEqual(expected);
    expect(await resident.desk()).toEqual(desk);
    expect(await resident.wire()).not.toContain(FOR_THE_DESK);
  });
});
