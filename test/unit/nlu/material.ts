import { join } from 'node:path';
import type { Artefact } from '../../../src/nlu/artefact';
import { readLanguageData, type Utterance } from '../../../src/nlu/corpus';
import { train } from '../../../src/nlu/train';

/** Enough to learn from in a second; the real texts are measured by `npm run nlu:eval`. */
const TEXTS: { readonly [lang: string]: { readonly [label: string]: readonly string[] } } = {
  en: {
    'missed-bin': [
      'my bin was not collected',
      'you missed my bin today',
      'the recycling was not emptied',
      'bins not emptied on our road',
      'the bin men did not come',
      'missed collection of the food bin',
      'nobody collected my rubbish',
      'our refuse was missed again',
    ],
    'street-light': [
      'the street light is out',
      'my street light is dead',
      'lamp post flickering all night',
      'street lamp is broken on my road',
      'the light outside my house is not working',
      'street lights off on the whole road',
      'lamp post light stays on all day',
      'the street light is damaged',
    ],
    pothole: [
      'there is a pothole on my road',
      'big hole in the road',
      'pothole outside the school',
      'the road surface is broken up',
      'a deep pothole damaged my wheel',
      'holes in the pavement',
      'please fix the pothole',
      'hole in the cycle lane',
    ],
    emergency: [
      'i can smell gas in the street',
      'there is a fire in the flat',
      'gas leak on our road',
      'the house is on fire',
      'someone has been hurt badly',
      'live wires hanging from the pole',
      'a man with a knife',
      'there are live wires on the street',
    ],
    none: [
      'what is the weather like',
      'who won the football',
      'book me a train to leeds',
      'tell me a joke',
      'i need a doctor appointment',
      'how do i renew my passport',
      'what is the capital of france',
      'play some music',
    ],
    greeting: ['hello', 'hi there', 'good morning', 'hi', 'hello there', 'good afternoon', 'hey', 'hiya'],
  },
  pl: {
    'missed-bin': [
      'mój kosz nie został odebrany',
      'nie odebrano śmieci',
      'śmieciarka nie przyjechała dzisiaj',
      'kosz nie został opróżniony',
      'nie zabrali recyklingu',
      'znowu nie zabrali śmieci',
      'pominięto nasz kosz',
      'nikt nie odebrał odpadów',
    ],
    'street-light': [
      'latarnia nie świeci',
      'lampa uliczna nie działa',
      'zepsuta latarnia na ulicy',
      'latarnia miga całą noc',
      'nie ma światła na ulicy',
      'latarnia pod domem zgasła',
      'lampa świeci cały dzień',
      'latarnie nie świecą',
    ],
    pothole: [
      'dziura w drodze',
      'wielka dziura w jezdni',
      'dziura w chodniku',
      'proszę naprawić dziurę',
      'dziury na ulicy',
      'droga jest dziurawa',
      'wpadłem w dziurę',
      'uszkodzona nawierzchnia drogi',
    ],
    emergency: [
      'czuję gaz na klatce',
      'pali się mieszkanie',
      'pożar w bloku',
      'ulatnia się gaz',
      'ktoś jest ranny',
      'przewody pod napięciem na ulicy',
      'człowiek z nożem',
      'czuć gaz w domu',
    ],
    none: [
      'jaka jest pogoda',
      'kto wygrał mecz',
      'opowiedz dowcip',
      'chcę bilet na pociąg',
      'potrzebuję lekarza',
      'jak odnowić paszport',
      'stolica francji',
      'włącz muzykę',
    ],
    greeting: ['cześć', 'dzień dobry', 'witam', 'hej', 'dobry wieczór', 'siema', 'witajcie', 'dzień dobry państwu'],
  },
};

export const languages = readLanguageData(join(__dirname, '../../../src/nlu/data'));

export const utterances: readonly Utterance[] = Object.entries(TEXTS).flatMap(([lang, labels]) =>
  Object.entries(labels).flatMap(([label, texts]) =>
    texts.map((text, at) => ({ text, label, lang, group: `${lang}/${label}/${at}` })),
  ),
);

let made: Artefact | undefined;

export function artefact(): Artefact {
  made ??= train({ utterances, languages });
  return made;
}
