import type { Entity, Understanding } from '../ports';
import type { Service } from '../service';
import type { Slot } from '../slots';

/** A word or a number more than the recognised value: "it was 10 November". */
const SLACK = 3;

/**
 * The message is nothing but a value of a kind that another question of the form takes, and the asked one does not: a date
 * where a number is asked, "big" where the place is.
 */
export function belongsElsewhere(service: Service, asked: string, { text, entities }: Understanding): boolean {
  const whole = entities.filter(({ start, end }) => end - start >= text.length - SLACK);
  const own = service.slots[asked];
  if (!own || whole.some((entity) => takesIn(own, asked, entity))) return false;
  const others = Object.entries(service.slots).filter(([name]) => name !== asked);
  return whole.some((entity) => others.some(([name, slot]) => TYPED.has(slot.is.kind) && takesIn(slot, name, entity)));
}

/** Nothing but choices of the form's own, though another service takes them too: "a mattress and a fridge" while the place is asked. */
export function isOwnChoices(service: Service, { text, entities }: Understanding): boolean {
  const own = entities.filter(({ kind, slot }) => kind === 'choice' && slot !== undefined && slot in service.slots);
  return own.length > 0 && wordsBeside(text, own).every((word) => word.length < TELLING_LENGTH);
}

/** Shorter words join others: "a", "and", "the", "old". */
const TELLING_LENGTH = 4;

export function wordsBeside(text: string, values: readonly Entity[]): readonly string[] {
  const isValue = (at: number): boolean => values.some(({ start, end }) => start <= at && at < end);
  return [...text.matchAll(/[\p{L}\p{N}'’]+/gu)].filter(({ index }) => !isValue(index)).map(([word]) => word);
}

/** Whether a recognised value is of the kind that a question asks for. */
export function takes(service: Service, name: string, entity: Entity): boolean {
  const slot = service.slots[name];
  return slot !== undefined && takesIn(slot, name, entity);
}

const TYPED: ReadonlySet<string> = new Set(['choice', 'date', 'contact', 'pattern']);

/** Free words take nearly anything, but an address or number that has a question of its own. */
const NO_STORY: readonly Entity['kind'][] = ['email', 'phone', 'reference', 'pcn', 'plate'];

function takesIn({ is }: Slot<unknown>, name: string, entity: Entity): boolean {
  switch (is.kind) {
    case 'choice':
      return entity.kind === 'choice' && entity.slot === name;
    case 'date':
      return entity.kind === 'date';
    case 'contact':
      return entity.kind === 'email' || entity.kind === 'phone';
    case 'pattern':
      return entity.kind === is.entity;
    case 'number':
      return entity.kind === 'number';
    case 'text':
      return !NO_STORY.includes(entity.kind);
    default:
      return (
        entity.kind === 'street' ||
        entity.kind === 'unknown-street' ||
        entity.kind === 'postcode' ||
        entity.kind === 'number' ||
        entity.kind === 'flat'
      );
  }
}
