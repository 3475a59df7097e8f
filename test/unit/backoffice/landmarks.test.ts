import { readGazetteer } from '../../../src/backoffice/gazetteerFiles';
import { ImportError } from '../../../src/backoffice/imports/table';
import { landmarksIn, namedLandmark } from '../../../src/backoffice/landmarks';

const NAMES = [
  'Wandlebridge Station',
  'Watermead Station',
  'Wandlebridge Library',
  "St Anne's Church",
  'Heron Park',
  'Heron Park Road Allotments',
  'The Wilson Hospital',
  'Tesco',
];
const ALL = NAMES.map((name, index) =>
  namedLandmark({ id: String(index), name, position: { lat: 51.4, lon: -0.1 + index / 100 } }),
);
const found = (words: string) => landmarksIn(words, ALL).map(({ landmark, score }) => [landmark.name, score]);

describe('landmarks in what somebody wrote', () => {
  test.each([
    ['there is a pothole by Wandlebridge station', 'Wandlebridge Station'],
    ['near st annes church', "St Anne's Church"],
    ['by the wilson hospital', 'The Wilson Hospital'],
    ['outside tesco', 'Tesco'],
    ['at heron park road allotments', 'Heron Park Road Allotments'],
    ['in Heron Park', 'Heron Park'],
    ['opposite wandlebridge stn', 'Wandlebridge Station'],
  ])('%s', (words, name) => {
    expect(found(words)).toEqual([[name, 1]]);
  });

  test('a slight misspelling still is one, another name is not', () => {
    expect(found('near wandelbridge station')).toEqual([['Wandlebridge Station', expect.any(Number)]]);
    expect(found('wandlebrige libary')).toEqual([['Wandlebridge Library', expect.any(Number)]]);
    expect(found('on Wandle Road in Wandlebridge')).toEqual([]);
    expect(found('the park is nice and the bench is broken')).toEqual([]);
  });

  test('part of a name stands for all that end in it', () => {
    expect(found('opposite the station').map(([name]) => name)).toEqual(['Wandlebridge Station', 'Watermead Station']);
    expect(found('by the church')).toEqual([["St Anne's Church", 0.5]]);
    expect(found('')).toEqual([]);
  });
});

const file = (name: string, text: string) => ({ name, text });
const base = {
  postcodes: file('p.csv', 'postcode,lat,lon\nWB1 2AB,51.4,-0.18\n'),
  streets: file('s.csv', 'street,lat,lon\nAbbey Road,51.4,-0.18\nLondon Road,51.41,-0.18\n'),
};
const read = (text: string) => readGazetteer({ ...base, landmarks: file('l.csv', text) }).landmarks;

describe('a file of landmarks', () => {
  test('is names and positions', () => {
    expect(read('name,lat,lon\nCivic Centre,51.4,-0.19\n')).toEqual([
      { id: 'L00001', name: 'Civic Centre', lat: 51.4, lon: -0.19 },
    ]);
  });

  test('may be a list of stops: the places they are named after, once each, and no streets or districts', () => {
    const rows = [
      'ABBEY ROAD,51.4,-0.18,WB1 2AB',
      "LONDON ROAD / ST GEORGE'S HOSPITAL,51.4,-0.18,WB1 2AB",
      "ST GEORGE'S HOSPITAL,51.401,-0.18,WB1 2AB",
      'WANDLEBRIDGE,51.4,-0.18,WB1 2AB',
      'WANDLEBRIDGE STATIONT,51.4,-0.18,WB1 2AB',
      'HAIL & RIDE FARM ROAD,51.4,-0.18,WB1 2AB',
      'THE GREEN AND MILL,51.4,-0.18,WB1 2AB',
    ];
    expect(
      read(`stop_name,lat,lon,nearest_postcode\n${rows.join('\n')}\n`).map(({ name, lat }) => [name, lat]),
    ).toEqual([
      ["St George's Hospital", 51.4005],
      ['Wandlebridge Station', 51.4],
      ['The Green and Mill', 51.4],
    ]);
  });

  test('two far apart of one name stay two', () => {
    expect(read('name,lat,lon\nChrist Church,51.4,-0.19\nChrist Church,51.42,-0.19\n')).toHaveLength(2);
  });

  test('with a bad line is refused, and the line is named', () => {
    const bad = () => read('name,lat,lon\nCivic Centre,51.4,-0.19\nLibrary,91,-0.19\n,51.4,-0.19\n');
    expect(bad).toThrow(ImportError);
    expect(bad).toThrow(/l\.csv:3: lat .*\nl\.csv:4: name/);
  });
});
