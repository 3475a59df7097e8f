import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { type Line, readScript } from './harness';

/**
 * How many messages a resident needs, counted in the conversation tests: all English ones in `<service>*.convo.yaml` that come to a
 * report of the service (`case`, `follow`) or to one of its `done.*` texts, up to that line. The
 * README's table must say so; `UPDATE=1` rewrites it.
 */
const ROOT = join(__dirname, '../..');
const README = join(ROOT, 'README.md');
const MARKS = ['<!-- messages: counted by test/conversations/messages.test.ts -->', '<!-- /messages -->'] as const;

const INPUTS = ['resident', 'presses', 'shares', 'photo', 'neighbour'];
const services = readdirSync(join(ROOT, 'dialogs'))
  .filter((name) => /^[a-z-]+\.ts$/.test(name))
  .map((name) => basename(name, '.ts'));
const files = readdirSync(__dirname).filter((name) => name.endsWith('.convo.yaml'));

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The words that stand in a text whatever its parameters: long enough that they stand in no other. */
const literals = (parts: readonly Part[]): readonly string[] =>
  parts.flatMap((part) => {
    if (part.type === 0) return part.value.trim().length >= 20 ? [part.value.trim()] : [];
    return 'options' in part ? Object.values(part.options).flatMap(({ value }) => literals(value)) : [];
  });

function endingsOf(service: string): readonly string[] {
  const texts = JSON.parse(readFileSync(join(ROOT, 'locales/en', `${service}.json`), 'utf8')) as Record<
    string,
    unknown
  >;
  const words = (isDone: boolean): readonly string[] =>
    Object.entries(texts).flatMap(([key, message]) =>
      typeof message === 'string' && key.startsWith('done.') === isDone
        ? literals(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst())
        : [],
    );
  const others = words(false).join('\n');
  return words(true).filter((each) => !others.includes(each));
}

/** Messages up to the first line that ends it; undefined where the conversation comes to no such line. */
function messagesTo(isEnd: (line: Line) => boolean, lines: readonly Line[]): number | undefined {
  const end = lines.findIndex(isEnd);
  if (end < 0) return undefined;
  return lines.slice(0, end).filter((line) => INPUTS.some((kind) => kind in line)).length;
}

const isReport = (service: string, line: Line): boolean =>
  (line.case as { readonly service?: string } | undefined)?.service === service || line.follow !== undefined;

function countsOf(service: string): readonly number[] {
  const own = files.filter((name) => name.startsWith(`${service}.`)).map((name) => readScript(join(__dirname, name)));
  const english = own.filter(({ header }) => (header.language ?? 'en') === 'en').flatMap(({ cases }) => cases);
  const endings = endingsOf(service);
  const isAnswer = ({ wandle }: Line): boolean =>
    typeof wandle === 'string' && endings.some((words) => wandle.replaceAll(/\s+/g, ' ').includes(words));
  const isEnd = (line: Line): boolean => isReport(service, line) || isAnswer(line);
  return english.flatMap(({ lines }) => messagesTo(isEnd, lines) ?? []).sort((one, other) => one - other);
}

const median = (sorted: readonly number[]): number => {
  const [low = 0, high = low] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
};

function table(): string {
  const rows = services.flatMap((service) => {
    const counts = countsOf(service);
    return counts.length === 0 ? [] : [`| ${service} | ${counts[0]} | ${median(counts)} |`];
  });
  return ['| service | fewest | median |', '|---|---|---|', ...rows].join('\n');
}

const [from, to] = MARKS;

describe('messages that a resident needs', () => {
  test('a missed bin is reported with at most 4, and with at most 2 when all is said at once', () => {
    const counts = countsOf('missed-bin');
    expect(counts.length).toBeGreaterThan(5);
    expect(median(counts)).toBeLessThanOrEqual(4);
    expect(counts[0]).toBeLessThanOrEqual(2);
  });

  test('every service is brought to its end in some conversation', () => {
    expect(services.filter((service) => countsOf(service).length === 0)).toEqual([]);
  });

  test('stand in the README as they are', () => {
    const readme = readFileSync(README, 'utf8');
    const start = readme.indexOf(from);
    const end = readme.indexOf(to);
    expect([start > 0, end > start]).toEqual([true, true]);
    const now = `${readme.slice(0, start + from.length)}\n${table()}\n${readme.slice(end)}`;
    if (process.env.UPDATE === '1') writeFileSync(README, now);
    else expect(readme).toBe(now);
  });
});
