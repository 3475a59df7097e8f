import {
  choice,
  choiceOf,
  contact,
  date,
  defineService,
  number,
  pattern,
  pick,
  text,
} from '../src/conversation/service';
import * as rules from './libraries.rules';

const { content } = rules;

export default defineService({
  id: 'libraries',
  letters: 'BK',
  content,
  slots: {
    libraryNeed: choiceOf(rules.NEEDS, { weak: ['hours', 'other'] }),
    branch: pick({ byName: true }),
    near: pattern(rules.POSTCODE, rules.asPostcode, 'postcode').maybe(),
    bookWhat: choice('room', 'computer').maybe(),
    bookDay: date({ when: 'future' }).maybe(),
    bookTime: text({ max: 60 }).maybe(),
    bookPeople: number({ min: 1, max: 200 }).maybe(),
    bookContact: contact().maybe(),
    openDay: date({ when: 'future' }).unasked(),
  },
  facts: {
    nearest: ({ near }, { gazetteer, settings }) =>
      near === undefined ? undefined : rules.nearestTo(near, content.of(settings).branches ?? [], gazetteer),
  },
  options: {
    branch: (_known, { settings }) => rules.optionsOf(content.of(settings).branches ?? []),
  },
  askIf: {
    branch: ({ libraryNeed, openDay }) => libraryNeed === 'book' || (libraryNeed === 'hours' && openDay === undefined),
    near: ({ branch }) => branch === 'none',
    openDay: ({ libraryNeed }) => libraryNeed !== 'book',
    bookWhat: ({ libraryNeed }) => libraryNeed === 'book',
    bookDay: ({ libraryNeed }) => libraryNeed === 'book',
    bookTime: ({ libraryNeed }) => libraryNeed === 'book',
    bookPeople: ({ libraryNeed, bookWhat }) => libraryNeed === 'book' && bookWhat === 'room',
    bookContact: ({ libraryNeed }) => libraryNeed === 'book',
  },
  rejectIf: {
    near: { elsewhere: ({ nearest }) => nearest === rules.ELSEWHERE && {} },
    bookDay: {
      closed: ({ bookDay, branch, nearest }, { settings }) => rules.closedOn(bookDay, nearest ?? branch, settings),
    },
  },
  stopIf: {
    // The list of libraries is out of date: hours of last year are told to nobody.
    outOfDate: {
      when: ({ libraryNeed }, { settings }) =>
        rules.needsBranch(libraryNeed) && !content.of(settings).branches && { page: rules.pageOf('other', settings) },
    },
    nearestUnknown: {
      when: ({ branch, near }, { unavailable }) =>
        branch === 'none' && near !== undefined && unavailable('nearest') && {},
      offers: ['change:branch', 'person'],
    },
  },
  params: (known, context) => rules.told(known, context),
  contact: 'no',
  summary: ({ libraryNeed }) => libraryNeed === 'book',
  endings: ['hours', 'openOn', 'renew', 'catalogue', 'join', 'book', 'events', 'other'],
  submit: (known, context) => rules.outcomeOf(known, context),
});
