import { ImportError } from '../../src/backoffice/imports/table';
import { zones as zonesImport } from '../../src/backoffice/imports/zones';
import { readZones } from '../../src/backoffice/zoneFile';
import { createZones, replaceZones } from '../../src/backoffice/zones';
import { file, islands, line, ring } from '../unit/backoffice/zoneFeatures';
import { describeStores } from './stores';

describeStores((tested) => {
  describe('parking zones', () => {
    const put = (features: readonly unknown[]) =>
      tested.store.write((tx) => replaceZones(tx, readZones(file(features)), 'test', 0));

    it('are unknown before any import', async () => {
      const zones = createZones(tested.store);
      expect(await zones.isKnown()).toBe(false);
      expect(await zones.at({ lat: 51.4005, lon: -0.1995 })).toBeUndefined();
    });

    it('are found by position: inside, in a hole, on each island, and outside', async () => {
      await put([ring('W1'), islands]);
      const zones = createZones(tested.store);
      const idAt = async (lat: number, lon: number) => (await zones.at({ lat, lon }))?.id;
      expect(await zones.isKnown()).toBe(true);
      expect(await idAt(51.4005, -0.1995)).toBe('W1');
      expect(await idAt(51.404, -0.196)).toBeUndefined();
      expect(await idAt(51.405, -0.095)).toBe('W2');
      expect(await idAt(51.405, -0.045)).toBe('W2');
      expect(await idAt(51.405, -0.07)).toBeUndefined();
      expect(await idAt(51.5, -0.2)).toBeUndefined();
    });

    it('come with their hours in order, their price and whether bank holidays count', async () => {
      await put([islands]);
      const zone = await createZones(tested.store).zone('W2');
      expect(zone).toMatchObject({
        name: 'Islands',
        onBankHolidays: true,
        visitors: { pencePerHour: 260, maxStayMinutes: 120 },
      });
      expect(zone?.hours).toHaveLength(11);
      expect(zone?.hours.slice(0, 2)).toEqual([
        { day: 1, from: '10:00', to: '11:00' },
        { day: 1, from: '14:00', to: '15:00' },
      ]);
      expect(zone?.hours.at(-1)).toEqual({ day: 6, from: '08:00', to: '24:00' });
      expect(await createZones(tested.store).zone('W9')).toBeUndefined();
    });

    it.each([
      ['2026-11-23', 0],
      ['2026-11-24', 1],
      ['2026-11-26', 1],
      ['2026-11-27', 0],
    ])('on %s a street has %i suspensions', async (day, count) => {
      await put([islands]);
      const found = await createZones(tested.store).suspensions({ name: 'Sample Rd' }, day);
      expect(found).toHaveLength(count);
      if (count > 0)
        expect(found[0]).toEqual({ street: 'Sample Rd', from: '2026-11-24', until: '2026-11-26', reason: 'removal' });
    });

    it('tell the lines of two streets of one name apart', async () => {
      await put([
        ring('W1'),
        line('double-yellow', { locality: 'WB4', noLoading: true, hours: 'nonsense' }),
        line('single-yellow', { locality: 'WB1' }),
      ]);
      const zones = createZones(tested.store);
      const kinds = async (locality?: string) =>
        (await zones.yellowLines({ name: 'Church Lane', ...(locality && { locality }) })).map(({ kind, noLoading }) => [
          kind,
          noLoading,
        ]);
      expect(await kinds('WB4')).toEqual([['double', true]]);
      expect(await kinds('WB1')).toEqual([['single', false]]);
      expect(await kinds()).toEqual([
        ['double', true],
        ['single', false],
      ]);
      expect(await zones.yellowLines({ name: 'Mill Street' })).toEqual([]);
    });

    it('are replaced as a whole, and stay where the new file is refused', async () => {
      await put([ring('W1'), islands]);
      await put([ring('W5')]);
      const zones = createZones(tested.store);
      expect(await zones.zone('W1')).toBeUndefined();
      expect(() => readZones(file([ring('')]))).toThrow(ImportError);
      expect(await zones.zone('W5')).toBeDefined();
      expect(await zones.suspensions({ name: 'Sample Road' }, '2026-11-24')).toEqual([]);
    });

    it('the import takes one file and says what it has put in place', async () => {
      expect(zonesImport.read({ files: [], named: {} })).toBeUndefined();
      expect(zonesImport.read({ files: [file([islands]), file([islands])], named: {} })).toBeUndefined();
      const told = await tested.store.write(
        (tx) => zonesImport.read({ files: [file([islands])], named: {} })?.write(tx, 1) ?? Promise.resolve([]),
      );
      expect(told).toEqual(['Imported 1 zones, 0 yellow lines, 1 suspensions.']);
    });
  });
});
