import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { addWorkingDays } from '../../../src/conversation/calendar';
import {
  complaintDates,
  complaintReviewDates,
  deadline,
  dueDate,
  type PcnService,
  pcnDates,
} from '../../../src/conversation/clocks';

// Counted by hand from the statutes and the published bank holidays of 2026 and 2027.
describe('deadlines', () => {
  test.each([
    ['2026-11-02', '2026-12-01', "St Andrew's Day is out"],
    ['2026-11-23', '2026-12-22', "St Andrew's Day is out"],
    ['2026-12-01', '2026-12-31', 'Christmas and the substitute day are out'],
    ['2026-11-28', '2026-12-30', 'received on a Saturday, counted from that day'],
    ['2026-05-22', '2026-06-23', 'spring bank holiday and the Scottish day of 15 June are out'],
  ])('a request for information of %s is answered by %s (%s)', (received, due) => {
    expect(dueDate('foiAnswer', received)).toBe(due);
    expect(dueDate('eirAnswer', received)).toBe(due);
  });

  test.each([
    ['2026-11-23', '2026-12-23'],
    ['2026-01-31', '2026-03-02'], // 28 February is a Saturday
    ['2026-11-25', '2026-12-29'], // Christmas Day, weekend, substitute day
  ])('own data asked for on %s is due on %s', (received, due) => {
    expect(dueDate('sarAnswer', received)).toBe(due);
  });

  test.each([
    ['2026-11-23', '2026-11-30', '2026-12-14', '2026-12-30'],
    ['2026-11-30', '2026-12-07', '2026-12-21', '2027-01-07'],
  ])('a complaint of %s: acknowledged %s, answered %s, at most %s', (received, acknowledged, stage1, stage1AtMost) => {
    expect(complaintDates(received)).toEqual({ acknowledged, stage1, stage1AtMost });
  });

  test.each([
    // Stage 2 of the code: acknowledged in 5 working days, answered in 20 more, at most 20 after that.
    ['2026-11-23', '2026-11-30', '2026-12-30', '2027-01-28'],
    ['2026-03-31', '2026-04-09', '2026-05-08', '2026-06-08'],
  ])('a second stage of %s: acknowledged %s, answered %s, at most %s', (asked, acknowledged, stage2, stage2AtMost) => {
    expect(complaintReviewDates(asked)).toEqual({ acknowledged, stage2, stage2AtMost });
  });

  test.each([
    ['foiReview', '2026-11-24', '2026-12-23'],
    ['foiReviewAtMost', '2026-11-24', '2027-01-26'],
    ['foiReviewAsked', '2026-09-28', '2026-11-23'],
    ['eirAnswerAtMost', '2026-11-23', '2027-01-25'],
    ['sarAnswerAtMost', '2026-11-24', '2027-02-24'],
  ] as const)('%s of %s ends on %s', (clock, from, due) => expect(dueDate(clock, from)).toBe(due));

  test('a deadline is told with what it leaves out, and the two calendars differ where they must', () => {
    expect(deadline('foiAnswer', '2026-11-02')).toEqual({
      from: { date: '2026-11-02' },
      due: { date: '2026-12-01' },
      days: 20,
      holidays: { list: [{ label: 'common:holiday.st-andrew' }] },
    });
    expect(deadline('complaintStage2', '2026-11-02')).toMatchObject({ due: { date: '2026-11-30' }, holidays: 'none' });
    expect(deadline('sarAnswer', '2026-11-24')).toMatchObject({ days: 0, holidays: 'none' });
  });

  test.each<[PcnService, string, string, string]>([
    ['vehicle', '2026-11-10', '2026-11-23', '2026-12-07'],
    ['camera', '2026-11-10', '2026-11-30', '2026-12-07'],
    ['away', '2026-11-10', '2026-11-23', '2026-12-07'],
    ['traffic', '2026-11-06', '2026-11-19', '2026-12-03'],
  ])('a notice (%s) of %s: half price to %s, full to %s', (how, served, discount, full) => {
    expect(pcnDates(how, served)).toEqual({ discount, full });
  });
});

const vectorFile = join(__dirname, '../../../../shared/data/merton/deadline_vectors.json');
const Vectors = z.object({
  foi: z.array(z.object({ received: z.string(), due: z.string() })),
  missed_bin: z.array(z.object({ collection: z.string(), last_report_day: z.string() })),
  complaint: z.array(
    z.object({ received: z.string(), ack_by: z.string(), stage1_by: z.string(), stage1_extended_by: z.string() }),
  ),
});

describe('the reviewed vectors kept outside the project', () => {
  const present = existsSync(vectorFile);
  if (!present) console.warn('skipped: the reviewed deadline vectors are not on this machine');
  (present ? test : test.skip)('every one of them agrees', () => {
    const vectors = Vectors.parse(JSON.parse(readFileSync(vectorFile, 'utf8')));
    expect(vectors.foi.map(({ received }) => dueDate('foiAnswer', received))).toEqual(
      vectors.foi.map(({ due }) => due),
    );
    expect(vectors.missed_bin.map(({ collection }) => addWorkingDays(collection, 2))).toEqual(
      vectors.missed_bin.map((vector) => vector.last_report_day),
    );
    for (const { received, ack_by, stage1_by, stage1_extended_by } of vectors.complaint) {
      expect(complaintDates(received)).toEqual({
        acknowledged: ack_by,
        stage1: stage1_by,
        stage1AtMost: stage1_extended_by,
      });
    }
  });
});
