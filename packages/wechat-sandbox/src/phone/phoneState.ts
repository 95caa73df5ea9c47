import type { NativeApp } from '../native/nativeApp.ts'
import { QUIRKS } from '../native/quirks.ts'
import type { Person } from '../platform/account.ts'
import type { Platform } from '../platform/platform.ts'
import { menuShown } from './menuShown.ts'
import type { ActivityLog } from './activity.ts'
import type { OpenPage } from './openPage.ts'
import type { TicketCheck } from './ticketCheck.ts'

/** A phone of the sandbox, which is a tab of a browser: one device, whoever holds it. */
export interface Phone {
  /** Empty for the one that programs speak to. */
  name: string
  platform: Platform
  native: NativeApp
  activity: ActivityLog
  ticketCheck: TicketCheck
  look: Look
  /** Who held it last; undefined: nobody was named yet. */
  holder: Person | undefined
  /** What is open on it. */
  page: OpenPage
}

export interface Look {
  /** The person's font size, 1 is normal. */
  fontScale: number
  theme: 'auto' | 'light' | 'dark'
}

/** Everything that the phone's page shows and can change, as plain JSON. */
export function phoneState(phone: Phone, holder: Person) {
  const { platform, native, look, ticketCheck } = phone
  const { account, people, clock, followers, logins } = platform
  const { appId, name, originalId, jsDomains, oauthDomain, push } = account
  return {
    device: native.device,
    look,
    person: holder.id,
    people,
    account: { appId, name, originalId, jsDomains, oauthDomain, push },
    menu: menuShown(phone, holder),
    follows: followers.has(logins.openidOf(holder)),
    clock: { now: clock.now(), ahead: clock.ahead() },
    ticketCheckAt: ticketCheck.next,
    switches: platform.switches.list(),
    faults: platform.faults.list(),
    quirks: Object.entries(QUIRKS).map(([id, { values, source, words }]) => ({
      name: id,
      options: values,
      value: Object.entries(native.quirks).find(([known]) => known === id)?.[1] ?? values[0],
      source,
      ...words,
    })),
  }
}
