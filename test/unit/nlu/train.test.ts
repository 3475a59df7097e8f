import { readArtefact, writeArtefact } from '../../../src/nlu/artefact';
import { train } from '../../../src/nlu/train';
import { artefact, languages, utterances } from './material';

describe('training', () => {
  test('the same texts give the same bytes', () => {
    const again = writeArtefact(train({ utterances, languages }));
    expect(again.equals(writeArtefact(artefact()))).toBe(true);
  });

  test('other texts give other bytes', () => {
    const fewer = writeArtefact(train({ utterances: utterances.slice(1), languages }));
    expect(fewer.equals(writeArtefact(artefact()))).toBe(false);
  });

  test('what is written is what is read', () => {
    expect(readArtefact(writeArtefact(artefact()))).toEqual(artefact());
  });

  test('reads from a buffer that begins at an odd place', () => {
    const bytes = writeArtefact(artefact());
    const shifted = Buffer.concat([Buffer.alloc(1), bytes]).subarray(1);
    expect(readArtefact(shifted)).toEqual(artefact());
  });

  test('refuses a file that is no model', () => {
    expect(() => readArtefact(Buffer.from('{"not":"a model"}'))).toThrow('npm run nlu:train');
  });

  test('labels of the model are the labels of the texts', () => {
    expect(artefact().intents.labels).toEqual([
      'emergency',
      'greeting',
      'missed-bin',
      'none',
      'pothole',
      'street-light',
    ]);
    expect(artefact().language.labels).toEqual(['en', 'pl']);
  });
});
