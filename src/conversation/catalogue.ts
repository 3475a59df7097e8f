import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { BUILT_IN } from './builtin';
import type { Language, TextKey } from './ports';
import type { Wording } from './render';
import type { Service } from './service';
import { textKeys } from './textKeys';

/** The council's services: every file of a folder, but for what stands beside one (`<service>.rules`). */
export async function loadServices(folder: string): Promise<readonly Service[]> {
  const files = readdirSync(folder)
    .filter((name) => /^[a-z-]+\.(ts|js)$/.test(name))
    .sort();
  return await Promise.all(files.map((name) => loadService(folder, name)));
}

async function loadService(folder: string, name: string): Promise<Service> {
  const module: { readonly default?: Service | { readonly default?: Service } } = await import(join(folder, name));
  const found = module.default && 'default' in module.default ? module.default.default : module.default;
  const stem = basename(name, extname(name));
  if (!found || !('slots' in found)) throw new Error(`${join(folder, name)} exports no service`);
  if (found.id !== stem) throw new Error(`${join(folder, name)}: the service calls itself ${found.id}`);
  return found;
}

/** Everything that is missing, one line each; empty when the services, their wording and their intents belong together. */
export function checkCatalogue(services: readonly Service[], render: Wording, intentsDir: string): readonly string[] {
  const languages = render.languages.filter((language) => !isVariant(language, render.languages));
  return [
    ...languages.flatMap((language) => missingTexts([...services, ...BUILT_IN], render, language)),
    ...languages.flatMap((language) => missingLabels(services, render, language)),
    ...languages.filter((language) => language !== 'en').flatMap((language) => unequalKeys(render, language)),
    ...unequalIntents(intentsDir, languages),
    ...services
      .filter(({ id }) => !existsSync(join(intentsDir, 'en', `${id}.json`)))
      .map(({ id }) => `intents/en/${id}.json is missing`),
  ];
}

/** `ur-Latn` falls back to `ur`, and need not be complete. */
const isVariant = (language: Language, all: readonly Language[]): boolean =>
  language.includes('-') && all.includes(language.split('-')[0] ?? '');

function missingTexts(services: readonly Service[], render: Wording, language: Language): readonly string[] {
  const keys = render.keys(language);
  return services.flatMap((service) =>
    textKeys(service)
      .filter((key) => !keys.has(key))
      .map((key) => where(language, key)),
  );
}

/** What the menu, the briefing and "did you mean" call a service. */
function missingLabels(services: readonly Service[], render: Wording, language: Language): readonly string[] {
  const keys = render.keys(language);
  const labels = services.map(({ id }): TextKey => `common:label.${id}`);
  return labels.filter((key) => !keys.has(key)).map((key) => where(language, key));
}

/** Word lists (`.also`, `.asked`, `words.`) are each language's own business, and so are shorter texts for text messages and forms for reading back. */
const compared = (keys: ReadonlySet<string>): readonly string[] =>
  [...keys].filter((key) => !/\.(also|asked|sms|noted)$|:words\./.test(key));

function unequalKeys(render: Wording, language: Language): readonly string[] {
  const [english, own] = [render.keys('en'), render.keys(language)];
  const missing = compared(english).filter((key) => !own.has(key));
  const extra = compared(own).filter((key) => !english.has(key));
  return [...missing.map((key) => where(language, key)), ...extra.map((key) => where('en', key))];
}

const where = (language: Language, key: TextKey | string): string => {
  const [stem, name] = key.split(':', 2);
  return `locales/${language}/${stem}.json: no text ${name}`;
};

function unequalIntents(folder: string, languages: readonly Language[]): readonly string[] {
  const files = (language: Language): readonly string[] => {
    const path = join(folder, language);
    return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : [];
  };
  const english = files('en');
  return languages.flatMap((language) => {
    const own = files(language);
    const missing = english
      .filter((name) => !own.includes(name))
      .map((name) => `intents/${language}/${name} is missing`);
    return [
      ...missing,
      ...own.filter((name) => !english.includes(name)).map((name) => `intents/en/${name} is missing`),
    ];
  });
}
