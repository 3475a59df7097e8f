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

/** Labels that a mere half of a sentence cannot tell apart: "the food caddy" is as much of the one as of the other. */
const KIN: readonly (readonly string[])[] = [['missed-bin', 'bin-day', 'new-bin', 'garden-waste', 'bulky-waste']];

export function areKin(label: string, other: string): boolean {
  return label !== other && KIN.some((family) => family.includes(label) && family.includes(other));
}

export function isService(label: string): boolean {
  return !CONVERSATION_LABELS.includes(label);
}
