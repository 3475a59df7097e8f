import { serviceContent } from '../src/conversation/service';
import { whole } from '../src/conversation/settingValues';
import { type Aim, aimFor, type Context } from './street.rules';

export const content = serviceContent('abandoned-vehicle', {
  inspectWorkingDays: whole,
  urgentHours: whole,
  /** Before a vehicle is taken from private land: regulation 8 of the Removal and Disposal of Vehicles Regulations 1986. */
  privateNoticeDays: whole,
});

/** Sharp edges, broken glass, what may burn again. */
export const isUrgent = (condition: string | undefined): boolean => condition === 'burnt' || condition === 'smashed';

export function aimOf(condition: string | undefined, { now, settings }: Context): Aim {
  const { inspectWorkingDays, urgentHours } = content.of(settings);
  return aimFor(isUrgent(condition), { hours: urgentHours, workingDays: inspectWorkingDays }, now);
}
