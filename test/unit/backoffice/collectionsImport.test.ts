import { rmSync } from 'node:fs';
import { createCollections } from '../../../src/backoffice/collections';
import { collections, readCollections } from '../../../src/backoffice/imports/collections';
import { ImportError } from '../../../src/backoffice/imports/table';
import { Unavailable } from '../../../src/conversation/ports';
import { createStore } from '../../../src/storage/index';
import type { Store } from '../../../src/storage/store';
import { newFolder } from '../../folder';

const served = { uprn: '1', stream: 'food', round: 'F1' };
const day = { round: 'F1', date: '2026-11-24' };
const note = { uprn: '1', stream: 'food', date: '2026-11-24', exception: 'gate-locked', at: '2026-11-24T07:42:00Z' };
const fileOf = (...lines: readonly unknown[]) => ({
  name: 'rounds.jsonl',
  text: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
});

describe('a file of rounds', () => {
  const errorsOf = (...lines: readonly unknown[]): readonly string[] => {
    try {
      readCollections(fileOf(...lines));
      return [];
    } catch (error) {
      if (error instanceof ImportError) return error.lines;
      throw error;
    }
  };

  it('is read in any order, with a byte order mark and empty lines', () => {
    const { rows, lineOf } = readCollections(
      fileOf(
        `\uFEFF${JSON.stringify(note)}`,
        '',
        { ...day, movedFrom: '2026-11-23', finishedAt: '2026-11-24T14:00:00+01:00' },
        served,
      ),
    );
    expect(rows).toEqual({
      addressRounds: [served],
      days: [{ round: 'F1', date: '2026-11-24', moved_from: '2026-11-23', finished_at: Date.UTC(2026, 10, 24, 13) }],
      exceptions: [
        { uprn: '1', stream: 'food', date: '2026-11-24', code: 'gate-locked', at: Date.UTC(2026, 10, 24, 7, 42) },
      ],
    });
    expect([...lineOf]).toEqual([['1', 4]]);
  });

  it.each([
    ['no JSON', ['{uprn: 1}'], 'rounds.jsonl:3: is not a JSON object'],
    ['a list', ['[1]'], 'rounds.jsonl:3: Invalid input: expected object, received array'],
    ['an unknown stream', [{ ...served, uprn: '2', stream: 'glass' }], /:3: stream is none of refuse, /],
    ['no such day', [{ ...day, date: '2026-02-30' }], 'rounds.jsonl:3: date is not a day such as 2026-11-24'],
    ['an unknown key', [{ ...served, uprn: '2', crew: 'A' }], /:3: .*crew/],
    ['an address twice', [served], 'rounds.jsonl:3: the same as line 1'],
    ['a day twice', [day], 'rounds.jsonl:3: the same as line 2'],
    ['moved from the same day', [{ ...day, date: '2026-12-01', movedFrom: '2026-12-01' }], /:3: movedFrom is the same/],
    [
      'a time without zone',
      [{ ...day, date: '2026-12-01', finishedAt: '2026-12-01T13:00' }],
      /:3: finishedAt is no time/,
    ],
    [
      'a round without days',
      [{ uprn: '2', stream: 'food', round: 'F9' }],
      'rounds.jsonl:3: round F9 has no day in this file',
    ],
    [
      'a note of an address not served',
      [{ ...note, uprn: '7' }],
      'rounds.jsonl:3: no round of food serves 7 in this file',
    ],
    ['a note of another day', [{ ...note, date: '2026-11-25' }], 'rounds.jsonl:3: round F1 has no day 2026-11-25'],
    ['an unknown note', [{ ...note, exception: 'asleep' }], /:3: exception is none of not-presented, /],
  ])('is refused with the line for %s', (_name, lines, error) => {
    const errors = errorsOf(served, day, ...lines);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(typeof error === 'string' ? new RegExp(`^${error.replace(/[[\]()]/g, '\\$&')}$`) : error);
  });

  it('is refused when empty, and names at most twenty lines', () => {
    expect(errorsOf('')).toEqual(['rounds.jsonl: holds no round of any address']);
    const many = errorsOf(...Array.from({ length: 50 }, () => 'x'));
    expect(many).toHaveLength(21);
    expect(many.at(-1)).toBe('… and 30 more');
  });
});

describe('importing rounds', () => {
  let store: Store;
  let dataDir: string;
  beforeEach(async () => {
    let last = 0;
    dataDir = newFolder('rounds');
    store = await createStore({ dataDir, randomId: () => String(++last) });
    await store.write(async (tx) => {
      const common = {
        flat: null,
        street_id: 'S1',
        street: 'Mill Lane',
        postcode: 'WB1 1AA',
        ward: 'W',
        lat: 51,
        lon: 0,
      };
      for (const uprn of ['1', '2'])
        await tx
          .insertInto('addresses')
          .values({
            ...common,
            uprn,
            line: `${uprn} Mill Lane`,
            number: uprn,
            kind: 'house',
            shared_store: null,
            zone: null,
          })
          .execute();
    });
  });
  afterEach(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const put = (...lines: readonly unknown[]) => {
    const reading = collections.read({ files: [fileOf(...lines)], named: {} });
    if (!reading) throw new Error('the file was not taken');
    return store.write((tx) => reading.write(tx, 1));
  };
  const rounds = () => createCollections(store, () => Date.UTC(2026, 11, 1));

  it('puts them in place of what was there', async () => {
    expect(await put(served, day, note)).toEqual([
      'Imported 1 rounds of 1 addresses, 1 collection days, 1 notes of crews.',
    ]);
    await put({ uprn: '2', stream: 'refuse', round: 'R' }, { round: 'R', date: '2026-12-08', movedFrom: '2026-12-07' });
    expect(await rounds().streamsAt('1')).toEqual([]);
    expect(await rounds().calendar('2', '2026-12-01', 28)).toEqual([
      { stream: 'refuse', date: '2026-12-08', movedFrom: '2026-12-07' },
    ]);
  });

  it('refuses addresses that nobody knows, and leaves what was there', async () => {
    await put(served, day);
    await expect(put({ uprn: '9', stream: 'food', round: 'F1' }, day)).rejects.toThrow(
      'rounds.jsonl:1: uprn 9 is not among the addresses; import the gazetteer first',
    );
    expect(await rounds().streamsAt('1')).toEqual(['food']);
  });

  it('says that it knows nothing while no rounds were imported, instead of "no collections there"', async () => {
    await expect(rounds().streamsAt('1')).rejects.toThrow(Unavailable);
    await expect(rounds().lastRound('1', 'food', 0)).rejects.toThrow(Unavailable);
    await expect(rounds().nextRound('1', 'food', 0)).rejects.toThrow(Unavailable);
    await expect(rounds().calendar('1', '2026-11-24', 28)).rejects.toThrow(Unavailable);
    await put(served, day);
    expect(await rounds().streamsAt('2')).toEqual([]);
    expect(await rounds().calendar('2', '2026-11-24', 28)).toEqual([]);
    expect(await rounds().lastRound('2', 'food', Date.UTC(2026, 11, 1))).toBeUndefined();
  });

  it('takes no file, or two, for a wrong call', () => {
    expect(collections.read({ files: [], named: {} })).toBeUndefined();
    expect(collections.read({ files: [fileOf(), fileOf()], named: {} })).toBeUndefined();
  });
});
