import type { AnsweredCall } from '../bridge/nativeApp.ts'
import type { Call } from '../platform/calls.ts'
import { Feed } from '../platform/feed.ts'
import type { Platform } from '../platform/platform.ts'
import type { PushResult } from '../platform/push/pushes.ts'

type Happening =
  | { kind: 'bridge'; call: AnsweredCall }
  | { kind: 'api'; call: Call }
  /** `label`: what the person did. */
  | ({ kind: 'push'; label: string } & Pick<PushResult, 'deliveries' | 'problem'> & Partial<PushResult>)

/** One line of the inspector: something crossed the border between the site and WeChat. */
export type Activity = Happening & { id: number; at: number }

const KEPT = 200

/** Everything that happened, from the page, from the site's server, and towards it. */
export class ActivityLog extends Feed<Activity> {
  readonly #now: () => number
  #lastId = 0

  constructor(platform: Platform) {
    super(KEPT)
    this.#now = platform.now
    platform.calls.watch((call) => this.note({ kind: 'api', call }))
  }

  note(happening: Happening): void {
    this.add({ id: ++this.#lastId, at: this.#now(), ...happening })
  }
}
