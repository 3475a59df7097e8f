import { ACCOUNT_DATA, endingOf, MATTERS, needsPerson, pages } from '../../../dialogs/council-tax.rules';

const found = (words: string) => words.match(ACCOUNT_DATA) ?? [];

describe('account data', () => {
  test.each([
    ['my account number is 30124567', ['30124567']],
    ['sort code 20-11-43 and account 1234 5678', ['20-11-43', '1234 5678'].slice(1)],
    ['card **** **** **** 1111 please', ['**** **** **** 1111']],
    ['4111-1111-1111-1111', ['4111-1111-1111-1111']],
    ['IBAN GB29 NWBK 6016 1331 9268 19', ['GB29 NWBK 6016 1331 9268 19']],
    ['3012456-7', ['3012456-7']],
  ])('%s is found', (words, expected) => {
    expect(found(words)).toEqual(expected);
  });

  test.each([
    'I moved on 01/12/2026',
    'from 01-12-2026 on',
    'since 1.12.26',
    'I owe £1,234.56',
    'band D, 12 Sample Road WB1 2AB',
    'we are 4, in 2026',
    'PCN WB1234567A is another thing',
  ])('%s holds none', (words) => {
    expect(found(words)).toEqual([]);
  });

  test.each(['*', '* ', '*-*', '1 ', 'AB12 ABCD '])('a long row of "%s" is read to its end', (piece) => {
    expect(found(`${piece.repeat(4000 / piece.length)}x/`).join('')).not.toContain('x');
  });
});

describe('endings', () => {
  test('discounts and arrears end by their detail, everything else by itself', () => {
    expect(endingOf('discount', 'student', 'agents')).toBe('student');
    expect(endingOf('arrears', 'student', 'agents')).toBe('agents');
    expect(endingOf('discount', undefined, undefined)).toBe('single');
    expect(endingOf('arrears', undefined, undefined)).toBe('behind');
    expect(endingOf('refund', 'student', 'agents')).toBe('refund');
  });

  test('a person is offered to who may lose something, and after a death', () => {
    expect(MATTERS.filter(needsPerson)).toEqual(['arrears', 'death']);
  });
});

describe('pages', () => {
  const link = (name: string) => `https://x.example/${name}`;
  const own = {
    payPage: link('pay'),
    billPage: undefined,
    bandPage: link('band'),
    discountPage: link('discount'),
    supportPage: link('support'),
    movingPage: link('moving'),
    arrearsPage: link('arrears'),
    refundPage: link('refund'),
    exemptionPage: link('exemption'),
    deathPage: link('death'),
    debtAdvicePhone: undefined,
    singlePersonPercent: 25,
  };
  const settings = { links: { 'council-tax': link('all') }, council: { website: link('') } } as never;

  test('each matter has its own, a low income that of support, and what is out of date the general one', () => {
    expect(pages('pay', undefined, own, settings)).toMatchObject({ page: link('pay') });
    expect(pages('discount', 'student', own, settings)).toMatchObject({ page: link('discount'), percent: 25 });
    expect(pages('discount', 'income', own, settings)).toMatchObject({ page: link('support') });
    expect(pages('bill', undefined, own, settings)).toMatchObject({ page: link('all'), advicePhone: 'none' });
    expect(pages(undefined, undefined, own, { ...(settings as object), links: {} } as never)).toMatchObject({
      page: link(''),
      advice: 'none',
    });
  });
});
