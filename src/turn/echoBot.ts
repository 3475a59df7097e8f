import type { Activity, TurnContext } from 'botbuilder';
import type { TurnBot } from './runTurn';

/** The conformance bot (`WANDLE_BOT=echo`): greets, and says back what it is told together with what it got. */
export function createEchoBot(): TurnBot {
  return {
    async run(context) {
      const { activity } = context;
      if (activity.type === 'conversationUpdate' && residentJoined(context))
        await context.sendActivity(greeting(activity));
      if (activity.type === 'message') await context.sendActivity(echo(activity));
    },
  };
}

/** Channels that name no members mean the resident. */
function residentJoined({ activity }: TurnContext): boolean {
  const joined = activity.membersAdded ?? [];
  return joined.length === 0 || joined.some((member) => member.id !== activity.recipient?.id);
}

function greeting({ locale }: Activity): string {
  return /^zh\b/i.test(locale ?? '') ? '欢迎' : 'Welcome';
}

function echo(activity: Activity): Partial<Activity> {
  return { type: 'message', text: activity.text ?? '', channelData: { originalActivity: activity } };
}
