import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection } from '../../../../src/storage/sqlite/connection';

const folder = mkdtempSync(join(tmpdir(), 'connection-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a reader sees what is committed only, at once, and cannot write', () => {
  const writer = openConnection(join(folder, 'a.db'), 'write');
  writer.exec('create table t (n integer)');
  const reader = openConnection(join(folder, 'a.db'), 'read');
  const count = () => reader.run('select count(*) as n from t', []).rows;
  writer.exec('begin immediate');
  expect(writer.run('insert into t values (?)', [1])).toEqual({ rows: [], changes: 1 });
  expect(count()).toEqual([{ n: 0 }]);
  writer.exec('commit');
  expect(count()).toEqual([{ n: 1 }]);
  expect(() => reader.run('insert into t values (?)', [2])).toThrow(/readonly/i);
  reader.close();
  writer.close();
});

test('commits survive a power cut, and references are checked', () => {
  const connection = openConnection(join(folder, 'b.db'), 'write');
  const pragma = (name: string) => Object.values(connection.run(`pragma ${name}`, []).rows[0] as object)[0];
  expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
  connection.close();
});

test('more different statements than are kept do no harm', () => {
  const connection = openConnection(join(folder, 'c.db'), 'write');
  for (let n = 0; n < 1_000; n++) expect(connection.run(`select ${n} as n`, []).rows).toEqual([{ n }]);
  expect(connection.run('select 0 as n', []).rows).toEqual([{ n: 0 }]);
  connection.close();
});
