import { checkBindings } from '../../../../src/storage/sqlite/binding';

test.each([
  ['a boolean', true],
  ['undefined', undefined],
  ['NUL', 'a\0b'],
  ['not a finite number', Number.NaN],
  ['not a finite number', Number.POSITIVE_INFINITY],
  ['an object', { a: 1 }],
  ['an object', new Date(0)],
  ['function', () => {}],
  ['symbol', Symbol('s')],
])('refuses %s and names the parameter, not its value', (fault, value) => {
  const bind = () => checkBindings('select ?, ?', ['secret', value]);
  expect(bind).toThrow(TypeError);
  expect(bind).toThrow(`Parameter 2 `);
  expect(bind).toThrow(fault);
  expect(bind).not.toThrow('secret');
});

test('passes on what SQLite can hold', () => {
  const values = ['text', 1, 1.5, 10n, new Uint8Array([1]), null];
  expect(checkBindings('', values)).toEqual(values);
});
