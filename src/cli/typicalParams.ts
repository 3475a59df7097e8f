import { IntlMessageFormat } from 'intl-messageformat';
import type { Param, Params } from '../conversation/ports';
import { LITERAL, type Part, PLURAL, SELECT } from './messageShapes';

const day = { date: '2026-11-25' } as const;
const moment = { moment: Date.parse('2026-11-24T18:05:00Z') } as const;
const time = { time: moment.moment } as const;
const link = 'https://www.wandlebridge.example/parking/fines';

/** Values of ordinary length by the names that services give them. Other names are judged by their ending and by what the text makes of them. */
const TYPICAL: Params = {
  address: '14 Cannon Hill Lane, WB1 2AB',
  where: 'WB1 2AB',
  postcode: 'WB1 2AB',
  authority: 'Ravensmere Council',
  council: 'Wandlebridge Council',
  place: '14 Cannon Hill Lane',
  line: 'Cannon Hill Lane',
  street: 'Cannon Hill Lane',
  stream: 'Mixed recycling',
  problem: 'It was not emptied',
  outBy: '06:00',
  from: time,
  time,
  at: moment,
  since: moment,
  safeBy: moment,
  opens: moment,
  reference: 'MB-7K2-PQ4',
  body: 'Wandle Park Trust',
  phone: '020 7946 0199',
  number: '14',
  matter: 'none',
  name: 'Sam Sample',
  reply: 'sam@example.org',
  contact: 'sam@example.org',
  holidays: { list: [day] },
  // What is mostly not there, or the ordinary case of several.
  moved: 'none',
  notice: 'none',
  effect: 'none',
  remedy: 'none',
  needs: 'none',
  sameId: 'none',
  block: 'no',
  more: 'no',
  personal: 'no',
  weekend: 'no',
  damageId: 'no',
  checked: 'yes',
  home: 'house',
  collectionId: 'kerbside',
  streamId: 'garden',
  problemId: 'missed',
  stageId: 'first',
  behalfId: 'self',
  letterId: 'pcn',
};

/** By the last word of a name: `payLink`, `visitDays`. */
const ENDINGS: readonly (readonly [string, Param])[] = [
  ['link page ombudsman commissioner tribunal claims privacy calendar site url after', link],
  ['by day date until due next happened received acknowledged answered most served ends on deadline earliest', day],
  ['phone number', '020 7946 0199'],
  [
    'price cost fee higher lower half metres days months weeks hours minutes count left max min longest highest percent span limit unpaid',
    40,
  ],
  ['time opens closes to', time],
];
const WORDS = new Map(ENDINGS.flatMap(([words, value]) => words.split(' ').map((word) => [word, value] as const)));

function typical(name: string, message: string): Param {
  const last = /[A-Z]?[a-z]+$/.exec(name)?.[0].toLowerCase() ?? name;
  const isPage = new RegExp(`\\b(here|tutaj)\\b[^.{}]*: \\{${name}\\}`, 'iu').test(message);
  const known = TYPICAL[name];
  if (known !== undefined && known !== 'none') return known;
  return isPage ? link : (WORDS.get(last) ?? 'Cannon Hill Lane');
}

interface Placeholder {
  readonly name: string;
  /** Branches of a `select`; of a `plural`, numbers that lead into different ones. */
  readonly options: readonly Param[];
  /** It also stands in the text as itself, or decides a branch that is none of the named ones. */
  readonly isPlain: boolean;
  /** It stands in the text without being asked first whether it is there: so it is. */
  readonly isSure: boolean;
}

function placeholders(parts: readonly Part[], asked: readonly string[] = []): readonly Placeholder[] {
  return parts.flatMap((part): Placeholder[] => {
    if (!('value' in part) || typeof part.value !== 'string' || part.type === LITERAL) return [];
    const name = part.value;
    if (part.type !== SELECT && part.type !== PLURAL)
      return [{ name, options: [], isPlain: true, isSure: !asked.includes(name) }];
    const branches = Object.entries(part.options);
    const inner = branches.flatMap(([, { value }]) => placeholders(value, [...asked, name]));
    const other = part.options.other?.value ?? [];
    const named = branches.map(([option]) => option).filter((option) => option !== 'other');
    const options = part.type === PLURAL ? [1, 2, 5] : named;
    return [{ name, options, isPlain: part.type === SELECT && other.length > 0, isSure: false }, ...inner];
  });
}

/**
 * The sets of parameters a text should be tried with: the ordinary one, the one where all is missing that may be, and each branch
 * of each choice that the text makes. All of it is read from the message.
 */
export function typicalParams(message: string): readonly Params[] {
  const found = placeholders(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  const names = [...new Set(found.map(({ name }) => name))];
  const optionsOf = (name: string): readonly Param[] => {
    const same = found.filter((each) => each.name === name);
    const options = [...new Set(same.flatMap((each) => each.options))];
    return same.some(({ isSure }) => isSure) ? options.filter((option) => option !== 'none') : options;
  };
  const ordinary = Object.fromEntries(
    names.map((name) => [
      name,
      ordinaryOf(
        found.filter((each) => each.name === name),
        message,
      ),
    ]),
  );
  const missing = Object.fromEntries(
    names.filter((name) => optionsOf(name).includes('none')).map((name) => [name, 'none']),
  );
  const branches = names.flatMap((name) => optionsOf(name).map((option) => ({ ...ordinary, [name]: option })));
  return [ordinary, { ...ordinary, ...missing }, ...branches];
}

function ordinaryOf(same: readonly Placeholder[], message: string): Param {
  const name = same[0]?.name ?? '';
  const options = same.flatMap((each) => each.options);
  const known = TYPICAL[name];
  // Only a text that asks whether it is there may do without it.
  if (known !== undefined && (known !== 'none' || options.includes('none'))) return known;
  const [first] = options.filter((option) => option !== 'none');
  if (typeof first === 'number') return 2;
  return first === undefined || same.some(({ isPlain }) => isPlain) ? typical(name, message) : first;
}
