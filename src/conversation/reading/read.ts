import type { Form, Known } from '../form';
import type { Json } from '../ports';
import { optionsOf } from '../rules';
import type { Service } from '../service';
import { readAddress, resumeAddress } from './address';
import { readPlace, resumePlace } from './place';
import { type Context, type Given, type Read, UNREAD } from './reading';
import { readChoice, readContact, readDate, readNumber, readPattern, readPick, readText, readYesNo } from './values';

/** Reads an answer to one slot out of what the resident gave. */
export function read(service: Service, form: Form, known: Known, name: string, given: Given): Read {
  const is = service.slots[name]?.is;
  const context: Context = { known, partial: form.partials[name] };
  switch (is?.kind) {
    case 'address':
      return readAddress(given, context);
    case 'place':
      return readPlace(given, { ...context, streetIsEnough: is.streetIsEnough });
    case 'choice':
      return readChoice(is, name, given);
    case 'pick':
      return readPick(is, given, () => optionsOf(service, form, known, name) ?? []);
    case 'yes-no':
      return readYesNo(given);
    case 'text':
      return readText(is, service.slots[name]?.isOptional === true, given);
    case 'date':
      return readDate(is, given, context);
    case 'number':
      return readNumber(is, given);
    case 'contact':
      return readContact(given, context);
    case 'pattern':
      return readPattern(is, `${service.id}:${name}.invalid`, given);
    case 'photo':
      return given.photo ? { value: given.photo, source: 'said' } : UNREAD;
    default:
      return UNREAD;
  }
}

/** What to ask of a slot of which part is known already. */
export function resumeReading(service: Service, name: string, known: Known, partial: Json): Read {
  const kind = service.slots[name]?.is.kind;
  if (kind === 'address') return resumeAddress({ known, partial });
  return kind === 'place' ? resumePlace({ known, partial }) : UNREAD;
}
