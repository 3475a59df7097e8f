import { choice, choiceOf, defineService, serviceContent } from '../src/conversation/service';
import { link, phone, whole } from '../src/conversation/settingValues';
import * as rules from './council-tax.rules';

const content = serviceContent('council-tax', {
  payPage: link,
  billPage: link,
  bandPage: link,
  discountPage: link,
  supportPage: link,
  movingPage: link,
  arrearsPage: link,
  refundPage: link,
  exemptionPage: link,
  deathPage: link,
  debtAdvicePhone: phone,
  singlePersonPercent: whole,
});

export default defineService({
  id: 'council-tax',
  letters: 'CT',
  content,
  neverTakes: rules.ACCOUNT_DATA,
  slots: {
    taxMatter: choiceOf(rules.MATTERS, { weak: ['pay', 'bill'] }),
    taxDiscount: choice('single', 'student', 'disability', 'income', 'carer').maybe(),
    taxStage: choice('behind', 'reminder', 'summons', 'agents').maybe(),
  },
  askIf: {
    taxDiscount: ({ taxMatter }) => taxMatter === 'discount',
    taxStage: ({ taxMatter }) => taxMatter === 'arrears',
  },
  params: ({ taxMatter, taxDiscount }, { settings }) =>
    rules.pages(taxMatter, taxDiscount, content.of(settings), settings),
  summary: false,
  contact: 'no',
  endings: [
    'pay',
    'bill',
    'band',
    'single',
    'student',
    'disability',
    'carer',
    'income',
    'moving',
    'behind',
    'reminder',
    'summons',
    'agents',
    'refund',
    'exemption',
    'death',
  ],
  submit: ({ taxMatter, taxDiscount, taxStage }) => ({
    ending: rules.endingOf(taxMatter, taxDiscount, taxStage),
    // Who is about to lose something, or has just lost somebody, is offered a person.
    ...(rules.needsPerson(taxMatter) && { offers: ['person'] }),
  }),
});
