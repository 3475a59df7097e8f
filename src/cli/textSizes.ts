import { SegmentedMessage } from 'sms-segments-calculator';
import { cheaper } from '../channels/sms/cheaper';
import { BUILT_IN } from '../conversation/builtin';
import type { Language, TextKey } from '../conversation/ports';
import { createRender, type Wording } from '../conversation/render';
import type { Service } from '../conversation/service';
import { textKeys } from '../conversation/textKeys';
import { typicalParams } from './typicalParams';

/** What a text costs as a text message, and how it compares with the English one. */
export interface TextSize {
  readonly key: TextKey;
  /** Of the longest that typical values make of it. */
  readonly segments: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Length in characters by the English text's. */
  readonly ratio: number;
}

/** A text of 160 characters, or 70 where a letter is none of GSM-7's; several have 153 or 67 each. */
const MOST = { 'GSM-7': 2, 'UCS-2': 3 } as const;
export const isLong = ({ segments, encoding }: TextSize): boolean => segments > MOST[encoding];

export const sizeLine = ({ key, segments, encoding, ratio }: TextSize): string =>
  `${key}: ${segments} × ${encoding}, ${ratio.toFixed(2)} of the English`;

/** Texts that are never a message of their own: names within others. */
const PART = /\.(also|name|why)$|:title$/;

/** The size of every text of the services that a language has, as its text messages say it. */
export function textSizes(
  folders: { readonly locales: string; readonly english: string },
  language: Language,
  services: readonly Service[],
): readonly TextSize[] {
  const own = createRender(folders.locales, { only: [language] });
  const english = createRender(folders.english, { only: ['en'] });
  const keys = [...services, ...BUILT_IN].flatMap((service) => textKeys(service)).filter((key) => !PART.test(key));
  return [...new Set(keys)]
    .filter((key) => own.keys(language).has(key))
    .map((key) => sizeOf(key, own, english, language));
}

function sizeOf(key: TextKey, own: Wording, english: Wording, language: Language): TextSize {
  const texts = worded(key, own, language);
  const messages = texts.map((text) => new SegmentedMessage(cheaper(text), 'auto'));
  const longest = messages.reduce((most, each) => (each.segmentsCount > most.segmentsCount ? each : most));
  const length = (all: readonly string[]): number => Math.max(...all.map((text) => text.length));
  return {
    key,
    segments: longest.segmentsCount,
    encoding: longest.encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2',
    ratio: length(texts) / (length(worded(key, english, 'en')) || 1),
  };
}

/** A text in its form for text messages, with each set of typical values. */
function worded(key: TextKey, render: Wording, language: Language): readonly string[] {
  const short: TextKey = `${key}.sms`;
  const said = render.keys(language).has(short) ? short : key;
  return typicalParams(render.message(said, language) ?? '').map(
    (params) => render.say({ text: said, params }, language).text,
  );
}
