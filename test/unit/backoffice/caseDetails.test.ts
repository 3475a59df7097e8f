import { createCases } from '../../../src/backoffice/cases';
import { describeStores } from '../../contract/stores';

const row = (reference: string, answers: object) => ({
  reference,
  service: 'complaint',
  status: 'open' as const,
  dedupe_key: reference,
  conversation_id: null,
  answers: JSON.stringify(answers),
  facts: '{}',
  place: null,
  lat: null,
  lon: null,
  contact: null,
  due_at: 1_800_000_000_000,
  opened_at: 1_790_000_000_000,
  closed_at: null,
  note: null,
});

describeStores((tested) => {
  test.each([
    [{ reply: { kind: 'email', value: 'sam@example.org' } }, 'Sam@Example.org', true],
    [{ reply: { kind: 'phone', value: '+447700900123' } }, '07700 900123', true],
    [{ reply: 'Sam Sample, 10 Sample Road, WB1 2AB' }, 'wb12ab', true],
    [{ reply: 'write to sam@example.org, please' }, 'sam@example.org', true],
    [{ contact: { kind: 'email', value: 'sam@example.org' } }, 'sam@example.org', true],
    [{ address: { line: '10 Sample Road', postcode: 'WB1 2AB' } }, 'WB1 2AB', true],
    [{ reply: 'Sam Sample, 10 Sample Road, WB1 2AB' }, 'Sample', false],
    [{ what: 'I wrote to sam@example.org and WB1 2AB' }, 'sam@example.org', false],
    [{ what: 'I wrote to sam@example.org and WB1 2AB' }, 'WB1 2AB', false],
    [{ reply: { kind: 'email', value: 'sam@example.org' } }, 'email', false],
    [{}, '', false],
  ])('a case with %j is shown for %p: %s', async (answers, detail, shown) => {
    await tested.store.write((tx) => tested.store.cases.open(tx, row('CP-5CK-T26', answers)));
    const found = await createCases(tested.store).status('CP-5CK-T26', detail);
    expect(found !== undefined).toBe(shown);
    if (found) expect(found.dueAt).toBe(1_800_000_000_000);
  });

  test('a case that there is not looks like one that is not yours', async () => {
    expect(await createCases(tested.store).status('CP-5CK-T26', 'sam@example.org')).toBeUndefined();
  });

  test('what is added to a case is kept with it, in order', async () => {
    const note = (id: string, at: number) => ({
      id,
      reference: 'CP-5CK-T26',
      conversation_id: 'c',
      what: 'note' as const,
      text: `words ${id}`,
      photo: null,
      at,
    });
    await tested.store.write(async (tx) => {
      await tested.store.cases.addNote(tx, note('b', 2));
      await tested.store.cases.addNote(tx, note('a', 1));
      await tested.store.cases.addNote(tx, { ...note('x', 1), reference: 'CP-7K2-PQ4' });
    });
    const notes = await tested.store.cases.notesOf(tested.store.db, 'CP-5CK-T26');
    expect(notes.map(({ text }) => text)).toEqual(['words a', 'words b']);
  });
});
