import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { textsOf } from '../../../src/channels/sms/outbound';

const message = (text: string, titles: readonly string[] = []) => ({
  id: 'a',
  type: 'message',
  text,
  suggestedActions: { to: [], actions: titles.map((title) => ({ type: 'imBack', title, value: title })) },
});

describe('texts of an activity', () => {
  it('number the choices', () => {
    expect(textsOf(message('Is that right?', ['Yes', 'Change something']))).toEqual([
      'Is that right?\n1 Yes\n2 Change something',
    ]);
  });

  it('replace characters that would double the price', () => {
    expect(textsOf(message('We’ll come “soon” – 10\u00a0Sample Road…'))).toEqual([
      'We\'ll come "soon" - 10 Sample Road...',
    ]);
  });

  it('keep letters of other alphabets, and accents beside them, which then cost nothing more', () => {
    expect(textsOf(message('Zażółć gęślą jaźń — کل'))).toEqual(['Zażółć gęślą jaźń - کل']);
  });

  it.each([
    ['Sí, ¿vació el cubo de 10 Sample Road?', 'Si, ¿vacio el cubo de 10 Sample Road?'],
    ['Zażółć gęślą jaźń', 'Zazolc gesla jazn'],
    ['Coleção às 7h, amanhã', 'Colecao às 7h, amanha'],
    ['Où est l’œuf ? Ça va.', "Où est l'oeuf ? Ça va."],
    ['Mâine, în oraș, la țară', 'Maine, in oras, la tara'],
    ['Añadir 5 € más', 'Añadir 5 € mas'],
  ])('lose accents where that halves the price: %s', (text, cheap) => {
    expect(textsOf(message(text))).toEqual([cheap]);
    expect(new SegmentedMessage(cheap).encodingName).toBe('GSM-7');
  });

  it('are split at sentence ends when too long for one', () => {
    const texts = textsOf(message('A sentence of words. '.repeat(100)));
    expect(texts.length).toBe(2);
    expect(texts.every((text) => text.length <= 1600 && text.endsWith('.'))).toBe(true);
  });

  it('never split a character in two, and never send an empty one', () => {
    const emoji = textsOf(message(`a${'😀'.repeat(1700)}`));
    expect(emoji.every((text) => !/\p{Surrogate}/u.test(text) && text.length <= 1600)).toBe(true);
    expect(textsOf(message(`\n\n${'x'.repeat(1700)}`)).every((text) => text !== '')).toBe(true);
  });

  it('lose nothing but white space at the cuts, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 6000 }), (text) => {
        const texts = textsOf(message(text));
        expect(texts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(texts.every((part) => part.length <= 1600)).toBe(true);
      }),
    );
  });

  it('are none for an empty activity', () => expect(textsOf({ id: 'a', type: 'message' })).toEqual([]));
});
