import { byId } from './elements.js'

export type ScreenName = 'chats' | 'discover' | 'account' | 'chat' | 'moments' | 'web'

interface Screen {
  title: () => string
  /** Fills it, each time it is shown. */
  show?: () => void
  /** What "back" does here; without it, it leads to the screen before. */
  back?: () => void
}

/** The phone's screens: one is shown, and "back" leads to the one before. */
export interface Screens {
  readonly shown: ScreenName
  go(name: ScreenName): void
  back(): void
  /** Leads back to this one no more. */
  forget(name: ScreenName): void
  /** The way back is forgotten. */
  home(name: ScreenName): void
  /** Title and contents may have changed. */
  update(): void
}

const TABS: readonly ScreenName[] = ['chats', 'discover']

export function createScreens(screens: Record<ScreenName, Screen>, first: ScreenName): Screens {
  const path: ScreenName[] = ['chats', first]
  const current = (): ScreenName => path.at(-1) ?? 'chats'

  function update(): void {
    const name = current()
    for (const id of Object.keys(screens)) byId(id).hidden = id !== name
    screens[name].show?.()
    byId('phone').dataset['screen'] = name
    byId('title').textContent = screens[name].title()
    byId('back').hidden = TABS.includes(name)
    byId('tabs').hidden = !TABS.includes(name)
    for (const tab of byId('tabs').querySelectorAll('button'))
      tab.setAttribute('aria-current', tab.dataset['screen'] === name ? 'page' : 'false')
  }

  // What had the focus may be gone with the screen before: who listens hears the title of the new one.
  function change(to: () => unknown): void {
    to()
    update()
    const focused = document.activeElement
    if (focused === document.body || !focused?.checkVisibility()) byId('title').focus()
  }

  return {
    get shown() {
      return current()
    },
    go(name) {
      const isOther = current() !== name
      change(() => {
        if (isOther) path.push(name)
        byId(name).hidden = false
        byId(name).scrollTop = 0
      })
    },
    back() {
      const { back } = screens[current()]
      if (back) return back()
      change(() => path.length > 1 && path.pop())
    },
    forget(name) {
      path.splice(0, path.length, ...path.filter((one) => one !== name))
    },
    home(name) {
      change(() => path.splice(0, path.length, name))
    },
    update,
  }
}
