import { installDemo } from '../../../src/backoffice/demoInstall';
import { createDisclosures, replaceDisclosures } from '../../../src/backoffice/disclosures';
import { disclosures as disclosureImport } from '../../../src/backoffice/imports/disclosures';
import { gazetteer as gazetteerImport } from '../../../src/backoffice/imports/gazetteer';
import { ImportError } from '../../../src/backoffice/imports/table';
import { momentOf } from '../../../src/conversation/calendar';
import { describeStores } from '../../contract/stores';

const NOW = momentOf('2026-11-24', '09:00');

const row = (reference: string, title: string, summary = '', published = '2026-01-05') => ({
  reference,
  title,
  summary,
  published,
  link: `https://council.example/${reference}`,
});

describeStores((tested) => {
  const titles = async (words: string, limit = 3): Promise<readonly string[]> =>
    (await createDisclosures(tested.store).search(words, limit)).map(({ title }) => title);

  describe('the demo disclosure log', () => {
    beforeEach(() => installDemo(tested.store, NOW));

    test.each([
      ['how much was spent on potholes', 'Pothole repair spending 2025'],
      ['How much did the council spend on filling potholes in 2024?', 'Pothole repair spending 2024'],
      ['How much did the council spend on road repairs?', 'Pothole repair spending 2025'],
      ['pottholes cost', 'Pothole repair spending 2025'],
      ['How many parking tickets were issued on each street?', 'Penalty charge notices by street 2025'],
      ['agency workers', 'Agency staff spending 2023 to 2025'],
      [
        'How much did the council spend on agency social workers in 2024 and 2025, broken down by month?',
        'Agency staff spending 2023 to 2025',
      ],
      ['trees cut down and felled since 2022', 'Street trees felled and planted 2022 to 2025'],
      ['air quality readings near schools', 'Nitrogen dioxide readings near schools 2024'],
      ["councillors' expenses", 'Councillors’ allowances and expenses 2025'],
      ['the number of missed bins per ward', 'Missed bin collections by ward 2025'],
      ['fly tipping prosecutions', 'Fly-tipping reports and prosecutions 2025'],
      ['list of empty business properties', 'Business rates: empty properties'],
    ])('answers “%s” with “%s”', async (words, title) => {
      expect((await titles(words))[0]).toBe(title);
    });

    test.each([
      'how much was spent on Christmas lights',
      'How much did the council spend in 2025?',
      'library opening hours over the last ten years',
      'minutes of the housing committee',
      'the contract for the leisure centres',
      'number of complaints about staff',
      'Freedom of information request',
      '2025',
      '😀😀😀',
      "'; drop table disclosures; --",
      'ile urząd wydał na oświetlenie świąteczne',
      '',
    ])('offers nothing for “%s”', async (words) => {
      expect(await titles(words)).toEqual([]);
    });

    test('answers with at most as many as asked for, and all of what was published', async () => {
      const found = await createDisclosures(tested.store).search('pothole', 2);
      expect(found).toHaveLength(2);
      expect(found[0]).toEqual({
        reference: expect.any(String),
        title: expect.stringContaining('othole'),
        summary: expect.any(String),
        published: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
        link: expect.stringContaining('https://'),
      });
    });

    test('reads a very long question in good time', async () => {
      expect(await titles(`potholes ${'lorem ipsum dolor sit amet '.repeat(150)}`)).toEqual([]);
    });

    test('is laid once, never over a council’s own, and ends with a council’s own streets', async () => {
      await tested.store.write((tx) => replaceDisclosures(tx, [row('A', 'Otters in the river')], 'own.csv', NOW + 1));
      await installDemo(tested.store, NOW + 2);
      expect(await titles('otters')).toEqual(['Otters in the river']);
      expect(await titles('potholes')).toEqual([]);
    });

    test('ends with a council’s own streets', async () => {
      const postcodes = { name: 'p.csv', text: 'postcode,lat,lon\nWB1 2AB,51.4,-0.18\n' };
      const streets = { name: 's.csv', text: 'street,outward,lat,lon\nSample Road,WB1,51.4,-0.18\n' };
      const reading = gazetteerImport.read({ files: [], named: { postcodes, streets } });
      await tested.store.write(async (tx) => reading?.write(tx, NOW + 1));
      expect(await titles('potholes')).toEqual([]);
      await installDemo(tested.store, NOW + 2);
      expect(await titles('potholes')).toEqual([]);
    });
  });

  test('an import by another process is found by the next search', async () => {
    const port = createDisclosures(tested.store);
    expect(await port.search('otters', 3)).toEqual([]);
    const other = await tested.another();
    await other.write((tx) => replaceDisclosures(tx, [row('A', 'Otters in the river')], 'a.csv', NOW));
    expect((await port.search('otter', 3)).map(({ reference }) => reference)).toEqual(['A']);
    await other.write((tx) => replaceDisclosures(tx, [row('B', 'Beavers in the river')], 'b.csv', NOW + 1));
    expect(await port.search('otters', 3)).toEqual([]);
  });

  test('of two that fit alike the later one stands first', async () => {
    const rows = [row('A', 'Otter survey', '', '2024-01-01'), row('B', 'Otter survey', '', '2026-01-01')];
    await tested.store.write((tx) => replaceDisclosures(tx, rows, 'a.csv', NOW));
    const found = await createDisclosures(tested.store).search('otter survey', 1);
    expect(found.map(({ reference }) => reference)).toEqual(['B']);
  });

  test('many rows are imported', async () => {
    const text = Array.from({ length: 1200 }, (_, n) => `R${n},Otter survey ${n},,2026-01-05,https://c.example/${n}`);
    const file = { name: 'd.csv', text: `reference,title,summary,published,link\n${text.join('\n')}` };
    const reading = disclosureImport.read({ files: [file], named: {} });
    expect(await tested.store.write(async (tx) => reading?.write(tx, NOW))).toEqual([
      'Imported 1200 published answers.',
    ]);
  });
});

describe('a disclosure file', () => {
  const HEAD = 'reference,title,summary,published,link\n';
  const refusal = (text: string): string => {
    try {
      disclosureImport.read({ files: [{ name: 'd.csv', text }], named: {} });
    } catch (error) {
      if (error instanceof ImportError) return error.message;
      throw error;
    }
    return '';
  };

  test.each([
    ['a day that is none', `${HEAD}A,T,,2026-13-01,https://a.example\n`, 'd.csv:2: published is not a day'],
    [
      'no title',
      `${HEAD}A,T,,2026-01-01,https://a.example\nB,,,2026-01-01,https://a.example\n`,
      'd.csv:3: title is empty',
    ],
    ['a link that is none', `${HEAD}A,T,,2026-01-01,javascript:alert(1)\n`, 'd.csv:2: link is not a web address'],
    ['a column missing', 'reference,title,summary,published\nA,T,,2026-01-01\n', 'd.csv:2: link '],
    [
      'a reference twice',
      `${HEAD}A,T,,2026-01-01,https://a.example\nA,U,,2026-01-01,https://a.example\n`,
      'd.csv:3: the same as line 2',
    ],
    ['nothing', HEAD, 'd.csv: holds no published answer'],
    ['binary', '\u0000\u0001PK', 'd.csv'],
  ])('with %s is refused with its line', (_what, text, line) => {
    expect(refusal(text)).toContain(line);
  });

  test('one file and no more is taken', () => {
    const file = { name: 'd.csv', text: HEAD };
    expect(disclosureImport.read({ files: [], named: {} })).toBeUndefined();
    expect(disclosureImport.read({ files: [file, file], named: {} })).toBeUndefined();
  });
});
