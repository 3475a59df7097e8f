import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createStore } from '../../src/storage/index';
import type { NewRow } from '../../src/storage/schema';
import type { NewConversation, NewLogRow, Store } from '../../src/storage/store';
import { describeWith } from '../services';

export interface StoreUnderTest {
  /** Empty at the start of each test. */
  readonly store: Store;
  /** The same records, opened once more, as another process would; closed after the test. */
  another(): Promise<Store>;
  /** What `createStore` is given. */
  readonly options: { readonly dataDir: string; readonly databaseUrl?: string };
}

/** Declares the suite for SQLite and for PostgreSQL. */
export function describeStores(suite: (tested: StoreUnderTest) => void): void {
  describe('with sqlite', () => suite(fresh(async (dataDir) => ({ dataDir }))));
  describeWith('postgres', (service) =>
    suite(
      fresh(async (dataDir) => {
        const name = `test_${randomUUID().replaceAll('-', '')}`;
        const client = new Client({ connectionString: service.url });
        await client.connect();
        await client.query(`create database ${name}`);
        await client.end();
        return { dataDir, databaseUrl: service.url.replace('/postgres?', `/${name}?`) };
      }),
    ),
  );
}

type Options = StoreUnderTest['options'];

function fresh(make: (dataDir: string) => Promise<Options>): StoreUnderTest {
  let options: Options | undefined;
  const opened: Store[] = [];
  const made = (): Options => {
    if (!options) throw new Error('Only inside a test');
    return options;
  };
  const open = async (): Promise<Store> => {
    const store = await createStore({ ...made(), randomId: randomUUID });
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    options = await make(mkdtempSync(join(tmpdir(), 'store-')));
    await open();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    rmSync(made().dataDir, { recursive: true });
  });
  return {
    get store() {
      const [store] = opened;
      if (!store) throw new Error('Only inside a test');
      return store;
    },
    another: open,
    get options() {
      return made();
    },
  };
}

/** Opens a conversation; a web one that delivers nothing, unless told otherwise. */
export async function openConversation(store: Store, given: Partial<NewConversation> = {}): Promise<string> {
  const conversation = { id: randomUUID(), channel: 'web', address: null, resident: 'r1', push: false, ...given };
  await store.write((tx) => store.conversations.open(tx, conversation, 1));
  return conversation.id;
}

export function message(text: string, given: Partial<NewLogRow> = {}): NewLogRow {
  return {
    id: randomUUID(),
    audience: 'resident',
    type: 'message',
    role: 'bot',
    body: { type: 'message', text },
    ...given,
  };
}

/** An open case, a card number among its answers. */
export const CASE: NewRow<'cases'> = {
  reference: 'MB-7K2-PQ4',
  service: 'missed-bin',
  status: 'open',
  dedupe_key: 'missed-bin:100:refuse',
  conversation_id: null,
  answers: '{"note":"4111 1111 1111 1111","z":1,"a":true}',
  facts: '{}',
  place: '100',
  lat: 51.5,
  lon: -0.2,
  contact: null,
  due_at: null,
  opened_at: 1_000,
  closed_at: null,
  note: null,
};
