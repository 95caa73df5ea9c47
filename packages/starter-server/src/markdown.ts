import MarkdownIt from 'markdown-it'

export interface MarkdownOptions {
  /** Colours code, as HTML; an empty text leaves it as it is. */
  highlight?: (code: string, language: string) => string
}

/** Renders Markdown as the pages of this site show it; HTML in it is shown as text. */
export function createMarkdown({ highlight = () => '' }: MarkdownOptions = {}): {
  render(text: string): string
} {
  const markdown = new MarkdownIt({ linkify: true, highlight })

  // What is wider than a phone scrolls by itself, and a keyboard has to get at it.
  const { fence, image } = markdown.renderer.rules
  markdown.renderer.rules.fence = (...args) => fence?.(...args).replace('<pre', '<pre tabindex="0"') ?? ''
  markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>'
  markdown.renderer.rules.table_close = () => '</table></div>'

  // A picture in the text loads when it is near; its frame has a fixed ratio (prose.css), so that nothing jumps.
  markdown.renderer.rules.image = (tokens, index, ...rest) => {
    tokens[index]?.attrPush(['loading', 'lazy'])
    return image?.(tokens, index, ...rest) ?? ''
  }
  return markdown
}
