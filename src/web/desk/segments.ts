import { cheaper } from '../../channels/sms/cheaper';

/** What a text costs as it is sent: how many SMS segments, and whether a character outside GSM-7 makes them short. */
export interface Segments {
  readonly segments: number;
  readonly unicode: boolean;
}

/** Loads the counter only when somebody writes a text message. */
export async function segmentsOf(text: string): Promise<Segments> {
  const { SegmentedMessage } = await import('sms-segments-calculator');
  const message = new SegmentedMessage(cheaper(text));
  return { segments: message.segmentsCount, unicode: message.encodingName === 'UCS-2' };
}
