export interface Kept {
  /** What is kept now. */
  readonly text: string
  keep(text: string): void
}

/**
 * Keeps a text for as long as this tab is open. The storage is that of the site's pages as well, and many a site empties
 * it when somebody logs out: then it is written again.
 */
export function keepInTab(key: string, start: string): Kept {
  let text = sessionStorage.getItem(key) ?? start
  const write = () => {
    try {
      if (sessionStorage.getItem(key) !== text) sessionStorage.setItem(key, text)
    } catch {
      // A page has filled it up: then it is kept until the tab is loaded again.
    }
  }
  write()
  window.addEventListener('storage', ({ storageArea }) => storageArea === sessionStorage && write())
  return {
    get text() {
      return text
    },
    keep(next) {
      text = next
      write()
    },
  }
}
