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
    if (sessionStorage.getItem(key) !== text) sessionStorage.setItem(key, text)
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
