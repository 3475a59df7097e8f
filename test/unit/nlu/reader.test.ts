import { NO_LANGUAGE_DATA } from '../../../src/nlu/languageData';
import { reader } from '../../../src/nlu/reader';

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is a word like any other', (word) => {
  const read = reader({ en: { ...NO_LANGUAGE_DATA, abbreviations: { rd: 'road' } } });
  expect(read.topic(`the ${word} dug up our rd`, 'en')).toContain('road');
});
