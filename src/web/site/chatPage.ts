import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Asset, compressed } from './assets';
import { HTML } from './headers';
import { fill } from './template';

export type Texts = { readonly [key: string]: string };

export interface ChatPageOptions {
  /** Folder of the build with `index.html` and `text/<language>.json`. */
  readonly dir: string;
  readonly council: { readonly shortName: string; readonly phone: string };
  /** Number for text messages, where there is one. */
  readonly sms: string | undefined;
  /** Languages the assistant speaks: what the language menu offers. */
  readonly languages: readonly string[];
  /** A language's name in itself; Intl's where this is left out. */
  readonly nameOf?: ((language: string) => string) | undefined;
  /** What the assistant says first in a language: so the page can be read before any script has come. */
  readonly greeting?: ((language: string) => string) | undefined;
  /** The council's choice; what it leaves out is as below. */
  readonly safety?: Partial<Safety> | undefined;
}

/** Where "leave this page quickly" leads; after how many minutes without a deed a chat is cleared. */
interface Safety {
  readonly leaveTo: string | undefined;
  readonly idleMinutes: number | undefined;
}

/** As GOV.UK's "Exit this page" does. */
const LEAVE_TO = 'https://www.bbc.co.uk/weather';
const IDLE_MINUTES = 15;

export interface ChatPage {
  /** The language of ours that fits best: asked for by name, or else by the browser. */
  choose(asked: string | null, accepted: string | undefined): string;
  /** In a language, and compressed: on a slow line its bytes count twice, for the page and for all that it names. */
  render(language: string): Asset;
}

/** How a page of the build begins: each language has its own. */
export const ENGLISH = '<html lang="en" dir="ltr">';
export const htmlOf = (lang: string): string => `<html lang="${lang}" dir="${isRightToLeft(lang) ? 'rtl' : 'ltr'}">`;

/** The page of the chat in each language: it can be read and written on before any script has come. */
export function createChatPage({
  dir,
  council,
  sms,
  languages,
  nameOf = intlName,
  greeting,
  safety,
}: ChatPageOptions): ChatPage {
  const template = readFileSync(join(dir, 'index.html'), 'utf8');
  const texts = readTexts(join(dir, 'text'));
  const english = texts.get('en') ?? {};
  const menu = languages.map((tag) => ({ tag, name: capital(nameOf(tag), tag) }));
  const longest = menu.reduce((name, one) => (one.name.length > name.length ? one.name : name), '');
  const pages = new Map<string, Asset>();

  const render = (language: string): string => {
    const lang = [language, language.split('-')[0] ?? ''].find((tag) => texts.has(tag)) ?? 'en';
    const say: Texts = { ...english, ...texts.get(lang) };
    // The digits of bins and phones, the hours of the council; Intl knows no language in Latin letters that has another script.
    const dates = lang === 'en' || lang.endsWith('-Latn') ? 'en-GB' : `${lang}-u-nu-latn-hc-h23`;
    const hello = greeting?.(language) ?? '';
    const settings = {
      lang,
      greeting: hello,
      locale: language,
      dates,
      council: council.shortName,
      leaveTo: safety?.leaveTo ?? LEAVE_TO,
      idleMinutes: safety?.idleMinutes ?? IDLE_MINUTES,
      languages: menu,
      texts: say,
    };
    const word = (key: string) =>
      fillText(say[key] ?? '', { council: council.shortName, phone: council.phone, sms: sms ?? '' });
    return fill(template.replace(ENGLISH, htmlOf(lang)), {
      greeting: hello,
      title: word('title'),
      intro: word('intro'),
      accessibility: word('accessibility'),
      log: word('log'),
      assistant: word('assistant'),
      // The menu's place is kept free until its script has come: nothing on the page moves then.
      language: longest,
      save: word('save'),
      end: word('end'),
      message: word('message'),
      noscript: word(sms ? 'noscript' : 'noscriptPhone'),
      settings: JSON.stringify(settings),
    });
  };
  return {
    choose: (asked, accepted) => match(languages, asked ? [asked] : wishes(accepted)) ?? languages[0] ?? 'en',
    render(language) {
      const page = pages.get(language) ?? compressed(HTML['content-type'], Buffer.from(render(language)));
      pages.set(language, page);
      return page;
    },
  };
}

/** UI texts are found by folder listing: a new language is a new file. */
export function readTexts(dir: string): ReadonlyMap<string, Texts> {
  if (!existsSync(dir)) return new Map();
  const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
  return new Map(files.map((name) => [name.slice(0, -5), JSON.parse(readFileSync(join(dir, name), 'utf8')) as Texts]));
}

/** Puts values into a text for people, each `{name}`. */
export const fillText = (text: string, values: Texts) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The languages of an `Accept-Language` header, best first. */
function wishes(header = ''): readonly string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', quality = 'q=1'] = part.trim().split(/\s*;\s*/);
      return { tag, quality: Number(quality.replace('q=', '')) || 0 };
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

function match(languages: readonly string[], wanted: readonly string[]): string | undefined {
  for (const tag of wanted) {
    const found = languages.find((one) => one.toLowerCase() === tag.toLowerCase());
    const base = tag.split('-')[0]?.toLowerCase();
    const near = found ?? languages.find((one) => one.toLowerCase() === base);
    if (near) return near;
  }
  return undefined;
}

const intlName = (tag: string): string => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

/** "Polski", "اردو". */
const capital = (name: string, tag: string): string => name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);

function isRightToLeft(tag: string): boolean {
  const { language, script } = new Intl.Locale(tag).maximize();
  return script ? ['Arab', 'Hebr', 'Thaa', 'Syrc'].includes(script) : ['ar', 'ur', 'fa', 'he'].includes(language);
}
