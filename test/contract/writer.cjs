// One process of `processes.test.ts`: writes rows one transaction each, as fast as it can, and says how it went.
const { randomUUID } = require('node:crypto');
const { createStore } = require('../../dist/src/storage/index.js');

const { dataDir, databaseUrl, conversationId, rows } = JSON.parse(process.argv[2]);

async function main() {
  const store = await createStore({ dataDir, databaseUrl, randomId: randomUUID });
  const seqs = [];
  for (let row = 0; row < rows; row++) {
    const entry = { id: randomUUID(), audience: 'resident', type: 'message', role: 'bot', body: { text: `${row}` } };
    seqs.push(...(await store.write((tx) => store.log.append(tx, conversationId, [entry], row))));
  }
  await store.close();
  process.stdout.write(JSON.stringify(seqs));
}

main();
