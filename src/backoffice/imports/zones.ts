import { readZones } from '../zoneFile';
import { replaceZones } from '../zones';
import type { ImportKind } from './kind';

/** Where parking is controlled, and when. */
export const zones: ImportKind = {
  usage: 'FILE.geojson',
  options: [],
  read({ files }) {
    const [file, ...more] = files;
    if (!file || more.length > 0) return undefined;
    const rows = readZones(file);
    return {
      async write(tx, at) {
        await replaceZones(tx, rows, file.name, at);
        const { zones: areas, lines, suspensions } = rows;
        return [
          `Imported ${areas.length} zones, ${lines.length} yellow lines, ${suspensions.length} suspensions.`,
          ...(suspensions.length === 0
            ? ['No suspensions were given: residents are sent to the signs on the street.']
            : []),
        ];
      },
    };
  },
};
