import { exportLines } from '../../src/cli/exportLines';
import { CASE, describeStores, message, openConversation } from './stores';

describeStores((tested) => {
  const lines = async (what: 'cases' | 'activities' | 'handoffs' | 'ratings', since?: number) => {
    const parsed: Record<string, unknown>[] = [];
    for await (const line of exportLines(tested.store, what, since)) parsed.push(JSON.parse(line));
    return parsed;
  };

  test('writes every row once, in batches, in order', async () => {
    const { store } = tested;
    const id = await openConversation(store);
    const rows = Array.from({ length: 1_200 }, (_, n) => message(`${n}`));
    await store.write(async (tx) => {
      for (let n = 0; n < rows.length; n += 100) await store.log.append(tx, id, rows.slice(n, n + 100), 5_000 - n);
    });
    const exported = await lines('activities');
    expect(new Set(exported.map((row) => row.seq)).size).toBe(1_200);
    expect(exported).toHaveLength(1_200);
    expect(exported.map((row) => row.at)).toEqual(exported.map((row) => row.at).toSorted());
    expect(await lines('activities', 4_900)).toHaveLength(200);
  });

  test('writes a rating once for what it is about, and no other event', async () => {
    const { store } = tested;
    const id = await openConversation(store);
    const event = (n: number, body: object) => ({
      ...message(`r${n}`),
      type: 'event',
      role: 'resident' as const,
      body: { type: 'event', ...body },
    });
    const rate = (n: number, about: string, score: number) => event(n, { name: 'rating', value: { about, score } });
    const rows = [rate(1, 'case', 4), rate(2, 'case', 1), rate(3, 'handoff', 5), rate(4, 'case', 9), event(5, {})];
    await store.write((tx) => store.log.append(tx, id, rows, 5_000));
    const at = '1970-01-01T00:00:05.000Z';
    expect(await lines('ratings')).toEqual([
      { at, conversation_id: id, about: 'case', score: 4 },
      { at, conversation_id: id, about: 'handoff', score: 5 },
    ]);
  });

  test('writes times as ISO 8601 and JSON columns as objects', async () => {
    await tested.store.write((tx) => tested.store.cases.open(tx, CASE));
    expect(await lines('cases')).toMatchObject([
      {
        reference: CASE.reference,
        opened_at: '1970-01-01T00:00:01.000Z',
        closed_at: null,
        answers: { z: 1 },
        facts: {},
      },
    ]);
    expect(await lines('handoffs')).toEqual([]);
  });
});
