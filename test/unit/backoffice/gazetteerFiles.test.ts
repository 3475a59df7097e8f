import { readGazetteer } from '../../../src/backoffice/gazetteerFiles';
import { ImportError } from '../../../src/backoffice/imports/table';

const postcodes = {
  name: 'postcodes.csv',
  text: 'postcode,lat,lon,ward_code\nwb12ab,51.4,-0.18,W1\nWB1 2AD,51.5,-0.2,W2\n',
};
const streets = {
  name: 'streets.csv',
  text: '\uFEFFStreet,Outward,Lat,Lon\nSample Road,WB1,51.4,-0.18\n"Quay, Lane",WB1,51.4,-0.19\n',
};
const addresses = {
  name: 'addresses.csv',
  text: 'uprn,number,flat,street,postcode,lat,lon,kind\n1,10,,Sample Road,WB1 2AB,51.4,-0.18,house\n2,The Limes,Flat 3,Sample Road,WB1 2AB,51.4,-0.18,flat\n',
};

/** The lines of the error that reading must end in. */
function refusal(files: Parameters<typeof readGazetteer>[0]): readonly string[] {
  try {
    readGazetteer(files);
  } catch (error) {
    if (error instanceof ImportError) return error.lines;
    throw error;
  }
  return [];
}

describe('gazetteer files', () => {
  it('are read with the column names councils use, byte order mark and quotes', () => {
    const rows = readGazetteer({ postcodes, streets, addresses });
    expect(rows.postcodes[0]).toEqual({ postcode: 'WB1 2AB', lat: 51.4, lon: -0.18, ward: 'W1', authority: null });
    expect(rows.streets.map((street) => [street.name, street.locality, street.owner])).toEqual([
      ['Sample Road', 'WB1', 'council'],
      ['Quay, Lane', 'WB1', 'council'],
    ]);
    expect(rows.addresses.map((address) => [address.line, address.ward, address.street_id])).toEqual([
      ['10 Sample Road', 'W1', 'S00001'],
      ['Flat 3, The Limes, Sample Road', 'W1', 'S00001'],
    ]);
  });

  it.each([
    [
      'a wrong postcode',
      'postcode,lat,lon\nWB1 2AB,51,0\nNOPE,51,0\n',
      /postcodes\.csv:3: postcode is not a full postcode/,
    ],
    ['a position outside the country', 'postcode,lat,lon\nWB1 2AB,151,0\n', /postcodes\.csv:2: lat /],
    ['a missing column', 'postcode,lat\nWB1 2AB,51\n', /postcodes\.csv:2: lon /],
    ['a row given twice', 'postcode,lat,lon\nWB1 2AB,51,0\nwb12ab,51,0\n', /postcodes\.csv:3: the same as line 2/],
    ['a ragged row', 'postcode,lat,lon\nWB1 2AB,51\n', /postcodes\.csv: .*line 2/],
    ['an open quote', 'postcode,lat,lon\n"WB1 2AB,51,0\n', /postcodes\.csv: /],
    ['nothing', '', /postcodes\.csv: holds no postcode/],
    ['binary', '\u0000\u0001PK', /postcodes\.csv/],
  ])('with %s are refused with file and line', (_what, text, line) => {
    expect(refusal({ postcodes: { name: 'postcodes.csv', text }, streets }).join('\n')).toMatch(line);
  });

  it('with very many errors name the first twenty and count the rest', () => {
    const text = `postcode,lat,lon\n${'NOPE,51,0\n'.repeat(50)}`;
    expect(refusal({ postcodes: { name: 'p.csv', text }, streets }).at(-1)).toBe('… and 31 more');
  });
});
