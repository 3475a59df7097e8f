import { installDemo } from '../../src/backoffice/demoInstall';
import { describeStores } from './stores';

const NOW = Date.parse('2026-11-24T09:00:00Z');

describeStores((tested) => {
  test('processes that start together lay the demo borough in once', async () => {
    const stores = [tested.store, await tested.another(), await tested.another()];
    await Promise.all(stores.map((store) => installDemo(store, NOW)));
    const imports = await tested.store.db.selectFrom('imports').select('kind').orderBy('kind').execute();
    expect(imports.map(({ kind }) => kind)).toEqual(['collections', 'disclosures', 'gazetteer', 'zones']);
  });
});
