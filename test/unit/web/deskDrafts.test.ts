import { draftOf, forgetDrafts, keepDraft, keepUnsent } from '../../../src/web/desk/drafts';

/** The browser's, as far as drafts need it: its keys are its own properties. */
class Session {
  [key: string]: unknown;
  static {
    const methods = {
      getItem(this: Session, name: string) {
        return this[name] ?? null;
      },
      setItem(this: Session, name: string, text: string) {
        this[name] = text;
      },
      removeItem(this: Session, name: string) {
        delete this[name];
      },
    };
    for (const [name, value] of Object.entries(methods)) Object.defineProperty(Session.prototype, name, { value });
  }
}

beforeEach(() => {
  Object.defineProperty(globalThis, 'sessionStorage', { value: new Session(), configurable: true });
});
afterAll(() => Reflect.deleteProperty(globalThis, 'sessionStorage'));

test('what was begun as a note is a note when the chat has become one’s own', () => {
  keepDraft('c1', { kind: 'note', text: 'careful' });
  expect(draftOf('c1', 'message')).toEqual({ kind: 'note', text: 'careful' });
  expect(draftOf('c2', 'message')).toEqual({ kind: 'message', text: '' });
});

test('words that a session’s end kept from being sent come back, before what was begun since', () => {
  keepDraft('c1', { kind: 'message', text: 'and more' });
  keepUnsent('c1', { kind: 'message', text: 'the crew comes' });
  expect(draftOf('c1', 'message').text).toBe('the crew comes\nand more');
});

test('nothing is left for whoever signs in next', () => {
  keepDraft('c1', { kind: 'message', text: 'private' });
  forgetDrafts();
  expect(draftOf('c1', 'message').text).toBe('');
});
