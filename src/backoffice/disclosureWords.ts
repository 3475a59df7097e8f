import { stemmer } from 'stemmer';

/** Words of a question as they are compared: small, without endings, without those that say nothing of the matter. */

/** Function words, and those of asking for information: they stand in every request. */
const EMPTY = new Set(
  `a about all also am an and any are as asked at based be been being between both breakdown broken but by can copies copy could council councils data
  detail details did do document documents does done down during each either email emails eir every excel figure figures foi for format freedom from
  get give given had has have held hold holds how i if in include including info information into is it its itself know latest let like list long
  look made make many me month monthly months much my of on one or other our over pdf per period please provide provided question questions received
  record records recorded relating request requested requests see send sent should show since so some spreadsheet supply tell than that the their
  them then there these they this those to total under until up us use used want wanted was we were what when where whether which who why will
  with within would wish year yearly years you your`.split(/\s+/),
);

/** Other words for the same thing, beside what stemming joins. */
const SAME = new Map(
  Object.entries({
    spent: 'spend',
    spends: 'spend',
    cost: 'spend',
    costs: 'spend',
    expenditure: 'spend',
    paid: 'pay',
    payments: 'pay',
    pcn: 'fine',
    pcns: 'fine',
    penalty: 'fine',
    tickets: 'fine',
    ticket: 'fine',
    roads: 'road',
    highway: 'road',
    highways: 'road',
    carriageway: 'road',
    bins: 'bin',
    employees: 'staff',
    employee: 'staff',
    trees: 'tree',
    felled: 'fell',
    felling: 'fell',
    cameras: 'cctv',
    camera: 'cctv',
    refuse: 'waste',
    rubbish: 'waste',
    garbage: 'waste',
    dumped: 'fly-tip',
    dumping: 'fly-tip',
    consultant: 'consultancy',
    consultants: 'consultancy',
  }),
);

/** What is asked of a matter, not the matter: alone they make no answer fit. */
const GENERAL = new Set(
  ['spend', 'pay', 'number', 'amount', 'contract', 'policy', 'budget', 'report', 'income', 'repair'].map((word) =>
    stemmer(word),
  ),
);

/** A word in the form in which it is compared; undefined for one that says nothing. */
export function termOf(word: string): string | undefined {
  const plain = word.toLowerCase().replace(/[’']s?$/u, '');
  if (plain.length < 2 || EMPTY.has(plain)) return undefined;
  return stemmer(SAME.get(plain) ?? plain);
}

/** The words of a text, hyphens inside kept. */
export const wordsOf = (text: string): string[] =>
  text.replaceAll(/fly[- ]tip/giu, 'fly-tip').match(/[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*/gu) ?? [];

/** Whether a term names a matter, and not only a figure, a year or a kind of paper. */
export const isMatter = (term: string): boolean => !GENERAL.has(term) && !/^\d+$/.test(term);
