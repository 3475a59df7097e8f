import { replaceGazetteer } from '../borough';
import { endDemo } from '../demoInstall';
import { readGazetteer } from '../gazetteerFiles';
import type { ImportKind } from './kind';

/** The borough's postcodes and streets, and its addresses where the council has them. */
export const gazetteer: ImportKind = {
  usage: '--postcodes FILE.csv --streets FILE.csv [--addresses FILE.csv] [--landmarks FILE.csv]',
  options: ['postcodes', 'streets', 'addresses', 'landmarks'],
  read({ files, named: { postcodes, streets, addresses, landmarks } }) {
    if (files.length > 0 || !postcodes || !streets) return undefined;
    const rows = readGazetteer({
      postcodes,
      streets,
      ...(addresses && { addresses }),
      ...(landmarks && { landmarks }),
    });
    return {
      async write(tx, at) {
        await replaceGazetteer(tx, rows, postcodes.name, at);
        await endDemo(tx, at);
        const counts = `${rows.postcodes.length} postcodes, ${rows.streets.length} streets, ${rows.addresses.length} addresses`;
        return [
          `Imported ${counts}, ${rows.landmarks.length} landmarks.`,
          ...(rows.addresses.length === 0
            ? ['No addresses were given: services that need one will pass the resident to a person.']
            : []),
        ];
      },
    };
  },
};
