import { parseInline, parseRichText } from '../../../src/web/chat/markdown';

test('paragraphs, line breaks, lists', () => {
  expect(parseRichText('One\ntwo\n\nBring:\n- a bin\n- a lid\n1. first\n2) second\nafter')).toEqual([
    { kind: 'paragraph', lines: [['One'], ['two']] },
    { kind: 'paragraph', lines: [['Bring:']] },
    { kind: 'list', ordered: false, items: [['a bin'], ['a lid']] },
    { kind: 'list', ordered: true, items: [['first'], ['second']] },
    { kind: 'paragraph', lines: [['after']] },
  ]);
});

test('bold, links, bare addresses without the full stop after them', () => {
  expect(parseInline('**Now** see [bins](https://a.example/b) or https://c.example/d?e=f.')).toEqual([
    { bold: 'Now' },
    ' see ',
    { href: 'https://a.example/b', text: 'bins' },
    ' or ',
    { href: 'https://c.example/d?e=f', text: 'https://c.example/d?e=f' },
    '.',
  ]);
  expect(parseInline('[Call](tel:02079460100)')).toEqual([{ href: 'tel:02079460100', text: 'Call' }]);
});

test('references, phone numbers and postcodes stay in one piece; what only begins like one is text', () => {
  expect(parseInline('Your reference is MB-X72-4SM, for 10 WB1 2AB. MB-X72-4SMX')).toEqual([
    'Your reference is ',
    { whole: 'MB-X72-4SM' },
    ', for 10 ',
    { whole: 'WB1 2AB' },
    '. MB-X72-4SMX',
  ]);
  expect(parseInline('Call 0800 1111 or 0808 2000 247')).toEqual([
    'Call ',
    { whole: '0800 1111' },
    ' or ',
    { whole: '0808 2000 247' },
  ]);
  expect(parseInline('https://a.example/MB-X72-4SM')).toHaveLength(1);
});

test.each([
  '[x](javascript:alert(1))',
  '[x](data:text/html,hi)',
  '[x](//evil.example)',
  '<b>x</b>',
  '**',
  '2 * 3 * 4',
  '- ',
])('%s stays the text it is', (text) => {
  const inlines = parseInline(text);
  expect(inlines.every((part) => typeof part === 'string')).toBe(true);
  expect(inlines.join('')).toBe(text);
});
