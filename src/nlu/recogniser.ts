import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entity, EpochMs, Language, LexiconEntry, Recogniser, Understanding } from '../conversation/ports';
import { type Artefact, readArtefact } from './artefact';
import { clauses } from './clauses';
import { dangerScorer, isDanger } from './danger';
import { type EntityReader, entityReader } from './entities';
import { areKin, isService, NONE, PLEASANTRIES } from './labels';
import { classifier } from './linearNlu';
import { type Understander, understander } from './nlp';
import { cleanText, MAX_INTENT_LENGTH, sentences } from './normalise';
import { bandOf, type Guess, withVerdict } from './probabilities';
import { type Reader, reader } from './reader';

/** In `modelDir`: what `npm run nlu:train` writes. */
export const MODEL_FILE = 'model.bin';

export interface RecogniserOptions {
  /** Folder of the model, `dist/nlu`. */
  readonly modelDir: string;
  /** Words that name choices, by language: `Render.lexicon`. */
  readonly lexicons?: { readonly [lang: Language]: readonly LexiconEntry[] };
  /** Street names as the gazetteer spells them. */
  readonly streets?: readonly string[];
}

export interface LoadedRecogniser extends Recogniser {
  /** Languages the model was trained in. */
  readonly languages: readonly Language[];
  /** New street names, after a gazetteer import. */
  setStreets(names: readonly string[]): void;
  /** Loads what is loaded on first use (dates: a fifth of a second), so that no resident waits for it. Call once at start. */
  warm(now: EpochMs): void;
}

/** Language that is only believed against the conversation's own from here on. */
const SURE_OF_LANGUAGE = 0.9;
/** A sentence on its own must be this much clearer than the whole message to decide it. */
const SENTENCE_MARGIN = 0.1;
const MOST_SENTENCES = 8;
/** Fewer words of half a sentence are no want of their own beside one like it. */
const ENOUGH_WORDS = 5;
/** A clause asks for something of its own from this probability on: a wrong second want costs more than one not seen. */
const CLEAR = 0.85;
/** A message of no more words is read for danger as one, too. */
const ONE_STORY = 30;

/** @throws Error if the model file is missing or not of this version. */
export function createRecogniser(options: RecogniserOptions): LoadedRecogniser {
  const artefact = readArtefact(readFileSync(join(options.modelDir, MODEL_FILE)));
  return recogniserOf(artefact, options);
}

export function recogniserOf(
  artefact: Artefact,
  { lexicons = {}, streets = [] }: Omit<RecogniserOptions, 'modelDir'>,
): LoadedRecogniser {
  const { calibration, languages, vocabulary, thresholds } = artefact.settings;
  const read = reader(languages, vocabulary);
  const trained = artefact.language.labels;
  const parts: Parts = {
    read,
    understander: understander(trained, { reader: read, classify: classifier(artefact.intents, calibration.intents) }),
    languageOf: classifier(artefact.language, calibration.language),
    dangerOf: dangerDetector(artefact, read),
    entities: entityReader({ languages, lexicons: byLanguage(lexicons), streets }),
    thresholds,
  };
  return {
    languages: trained,
    recognise: (text, hint) => recognise(parts, text, hint),
    setStreets: parts.entities.setStreets,
    warm: (now) => {
      for (const language of new Set(trained.map(baseOf))) {
        parts.entities.warm(language, now);
        recognise(parts, 'abcdefgh 1/2 +447700900123', { language, now });
      }
    },
  };
}

/** `ur-Latn` is read as `ur`: its words stand in the same lists. */
const baseOf = (language: Language): Language => language.split('-')[0] ?? language;

type Lexicons = { readonly [lang: Language]: readonly LexiconEntry[] };

/** The words of a language's variants are its own, too. */
function byLanguage(lexicons: Lexicons): Lexicons {
  const bases = [...new Set(Object.keys(lexicons).map(baseOf))];
  return Object.fromEntries(
    bases.map((base) => [
      base,
      Object.entries(lexicons).flatMap(([language, entries]) => (baseOf(language) === base ? entries : [])),
    ]),
  );
}

interface Parts {
  readonly read: Reader;
  readonly understander: Understander;
  readonly languageOf: (words: readonly string[]) => readonly Guess[];
  /** Which dangers a text's signs are of; undefined where it tells of none. */
  readonly dangerOf: (text: string, lang: string) => readonly string[] | undefined;
  readonly entities: EntityReader;
  readonly thresholds: { readonly act: number; readonly ask: number };
}

function dangerDetector({ intents, emergency, settings }: Artefact, read: Reader): Parts['dangerOf'] {
  const score = dangerScorer(intents, emergency);
  return (text, lang) => {
    const reading = read.danger(text, lang);
    return isDanger(score(reading), settings.thresholds.danger) ? reading.dangers : undefined;
  };
}

function recognise(
  parts: Parts,
  message: string,
  { language: hint, now }: { readonly language?: Language; readonly now: EpochMs },
): Understanding {
  const text = cleanText(message);
  const script = parts.read.script(text);
  const guess = script.length ? parts.languageOf(script)[0] : undefined;
  const language = { code: guess?.intent ?? hint ?? 'en', confidence: guess?.confidence ?? 0 };
  const lang = baseOf(language.confidence >= SURE_OF_LANGUAGE ? language.code : (hint ?? language.code));
  const entities = parts.entities.read(text, lang, now);
  const bare = withoutPlaces(text, entities);
  const whole = script.length ? readClearly(parts, text, bare, lang) : [{ intent: NONE, confidence: 1 }];
  const wants = clearWants(parts, bare, lang, whole[0]?.intent ?? NONE);
  const dangers = script.length > 0 ? dangersIn(parts, text, lang) : undefined;
  const wanted = firstOf(wants, whole);
  const intents = withVerdict(wanted, dangers !== undefined);
  return {
    text,
    language,
    intents: intents.slice(0, 3),
    band: bandOf(intents, parts.thresholds),
    emergency: dangers !== undefined,
    ...(dangers && { dangers }),
    alsoWants: wants.map(([top]) => top.intent).filter((intent) => intent !== wanted[0]?.intent),
    entities,
  };
}

/** With the address or without it, whichever says more clearly what is wanted: where a home is tells of a home's services, too. */
function readClearly(parts: Parts, text: string, bare: string, lang: string): readonly Guess[] {
  const whole = readIntents(parts, text, lang);
  if (bare === text || whole[0]?.intent === NONE) return whole;
  const rest = readIntents(parts, bare, lang);
  return clarity(rest) > clarity(whole) ? rest : whole;
}

/** The whole message, or the sentence that says most clearly what is wanted: "Hi. Lovely day. My bin was not emptied." */
function readIntents({ understander, thresholds }: Parts, text: string, lang: string): readonly Guess[] {
  const nlu = understander.nluOf(lang);
  const whole = nlu.classify(text);
  const parts = sentences(text.slice(0, MAX_INTENT_LENGTH)).slice(0, MOST_SENTENCES);
  if (parts.length < 2 || clarity(whole) >= thresholds.act) return whole;
  return parts
    .map((part) => nlu.classify(part))
    .reduce(
      (best, guesses) => (clarity(guesses) > clarity(best) + (best === whole ? SENTENCE_MARGIN : 0) ? guesses : best),
      whole,
    );
}

/** How clearly something is wanted; a pleasantry or what is nobody's business wants nothing. */
function clarity([top]: readonly Guess[]): number {
  return !top || top.intent === NONE || PLEASANTRIES.includes(top.intent) ? 0 : top.confidence;
}

/**
 * Which dangers a message tells of (none of them may be named); undefined where it tells of none. Looked for in each sentence, and in the
 * whole of a message short enough not to be several stories.
 */
function dangersIn({ dangerOf }: Parts, text: string, lang: string): readonly string[] | undefined {
  const head = text.slice(0, MAX_INTENT_LENGTH);
  const parts = sentences(head);
  const isOneStory = parts.length < 2 || head.split(' ').length <= ONE_STORY;
  const found = [...(isOneStory ? [head] : []), ...parts].flatMap((part) => {
    const dangers = dangerOf(part, lang);
    return dangers ? [dangers] : [];
  });
  return found.length > 0 ? [...new Set(found.flat())] : undefined;
}

type Want = readonly [top: Guess, ...rest: readonly Guess[]];

/** What sentences and clauses of their own ask for, in their order: services, each once, each clear without the others. */
function clearWants({ understander, read }: Parts, text: string, lang: string, main: string): readonly Want[] {
  const parts = clauses(text.slice(0, MAX_INTENT_LENGTH), read.conjunctions(lang));
  if (parts.length < 2) return [];
  const nlu = understander.nluOf(lang);
  const wants = new Map<string, Want>();
  for (const part of parts.slice(0, MOST_SENTENCES)) {
    const [top, ...rest] = nlu.classify(part);
    if (!top || !isService(top.intent) || top.confidence < CLEAR || wants.has(top.intent)) continue;
    if (areKin(top.intent, main) && wordCount(part) < ENOUGH_WORDS) continue;
    wants.set(top.intent, [top, ...rest]);
  }
  return [...wants.values()];
}

/** Where and who somebody is says nothing of what they want, and would weigh as much as the words that do. */
const WHERE: ReadonlySet<string> = new Set([
  'street',
  'unknown-street',
  'postcode',
  'house-number',
  'flat',
  'email',
  'phone',
]);
const FEWEST_WORDS = 2;

/** The text without addresses; as it is where hardly anything else is left. */
function withoutPlaces(text: string, entities: readonly Entity[]): string {
  const places = entities.filter(({ kind }) => WHERE.has(kind));
  const rest = places
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text)
    .replace(/\s+/g, ' ')
    .trim();
  return wordCount(rest) < FEWEST_WORDS ? text : rest;
}

const wordCount = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** Of several services, all clear, the one asked for first is the main one: how sure the model is of each says nothing about that. */
function firstOf(wants: readonly Want[], whole: readonly Guess[]): readonly Guess[] {
  const [first] = wants;
  return first && wants.some(([top]) => top.intent === whole[0]?.intent) ? first : whole;
}
