import { words } from '../../../src/nlu/normalise';
import { wordClasses } from '../../../src/nlu/wordClasses';

const classes = { fire: ['burn*', 'on fire', 'حريق'], child: ['bachi', 'beh*', 'ولدي'], at: ['fi'] };

describe('classes of words', () => {
  test.each([
    ['it burned', ['#fire']],
    ['burn', ['#fire']],
    ['on a fire', []],
    ['a man on fire', ['#fire']],
    ['bur', []],
    ['', []],
  ])('%s', (text, found) => expect(wordClasses(classes)(words(text))).toEqual(found));

  test('one phrase says what may stand in each place', () => {
    const read = wordClasses({ stuck: ["can't|cannot get|climb* out|back", 'fire|smok*'] });
    for (const text of ["can't get out", 'we cannot climbing back', 'fire', 'smoke']) {
      expect(read(words(text))).toEqual(['#stuck']);
    }
    for (const text of ["can't out", 'get out', 'cannot get', 'fires']) expect(read(words(text))).toEqual([]);
  });

  test('what a language writes onto the front of a word is left out, where enough of a word stays', () => {
    const read = wordClasses(classes, { prefixes: ['ال', 'و', 'وال'] });
    expect(read(words('والحريق'))).toEqual(['#fire']);
    expect(read(words('الحريق كبير'))).toEqual(['#fire']);
    // "I have" is not "my son" without his first letter.
    expect(read(words('لدي'))).toEqual([]);
    expect(wordClasses(classes)(words('الحريق'))).toEqual([]);
  });

  test('a word in Latin letters is known by its sound, a beginning stays as long as it is', () => {
    const read = wordClasses(classes, { looseLatin: true });
    for (const spelling of ['bachi', 'baachee', 'bachih']) expect(read([spelling])).toEqual(['#child']);
    expect(read(['phi'])).toEqual(['#at']);
    expect(read(['bed'])).toEqual([]);
    expect(wordClasses(classes)(['baachee'])).toEqual([]);
  });
});
