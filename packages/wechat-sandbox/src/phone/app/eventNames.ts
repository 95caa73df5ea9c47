/** What the phone hears of its server (phone/eventStream.ts). */
export const EVENT_NAMES = ['open', 'activity', 'entry', 'typing', 'order']
