/**
 * Puts a text into the clipboard. Without the newer way (a page without https, an old browser, a person who said no) by
 * the older one, which needs a field with the text selected.
 *
 * @returns whether it is there
 */
export async function copyText(text: string, { navigator, document }: Window): Promise<boolean> {
  const clipboard: Clipboard | undefined = navigator.clipboard // not there without https
  try {
    if (clipboard) {
      await clipboard.writeText(text)
      return true
    }
  } catch {
    // not allowed here: the older way may be
  }
  return copySelected(text, document)
}

function copySelected(text: string, document: Document): boolean {
  const focused: (Element & { focus?: () => void }) | null = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true // or a phone's keyboard comes up
  field.style.cssText = 'position:fixed;top:0;opacity:0'
  document.body.append(field)
  try {
    field.select()
    field.setSelectionRange(0, text.length)
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    focused?.focus?.()
  }
}
