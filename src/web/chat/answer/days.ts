/** Days of the native date field, `2026-11-20`, as the assistant reads them in every language, and as people do. */

/** "20/11/2026": day, month and year in the order of the United Kingdom, whatever the language. */
export const numericDay = (iso: string): string => iso.split('-').reverse().join('/');

/** "Friday 20 November 2026". */
export function spokenDay(iso: string, dates: string): string {
  const format = new Intl.DateTimeFormat(dates, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(iso)).replace(',', '');
}
