/** Labels of `intents/` that are no council service: they steer the conversation. Everything else is a service. */
const CONVERSATION_LABELS: readonly string[] = [
  'check-case',
  'talk-to-agent',
  'emergency',
  'greeting',
  'thanks',
  'goodbye',
  'help',
  'bot-identity',
  'change-language',
  'none',
];

/** Said around a request: never what a longer message is about. */
export const PLEASANTRIES: readonly string[] = ['greeting', 'thanks', 'goodbye'];

/** The label of everything that is nobody's business here. */
export const NONE = 'none';
export const EMERGENCY = 'emergency';

export function isService(label: string): boolean {
  return !CONVERSATION_LABELS.includes(label);
}
