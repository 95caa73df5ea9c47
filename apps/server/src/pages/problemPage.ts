import { escapeHtml } from 'starter-server/escapeHtml'
import type { DrawProblem, ProblemFields } from 'starter-server/problem'
import { chineseProblem } from './problemTexts.ts'
import { pageShell } from './shell.ts'
import { SITE_NAME } from './siteDefaults.ts'
import { openTemplate } from './template.ts'
import { readerOf, type Language } from './texts.ts'

const WORDS: Record<Language, { retry: string; home: string }> = {
  'zh-CN': { retry: '重试', home: '回到首页' },
  en: { retry: 'Try again', home: 'Back to the start' },
}

/**
 * Draws what the server itself has to say, like a login that was refused, as a page of this site: its design, in the
 * reader's language, without the app.
 */
export function createProblemPage({ template }: { template: () => Promise<string> }): DrawProblem {
  return async (fields, req) => {
    const { language } = readerOf(req.acceptsLanguages()[0])
    const fill = openTemplate(withoutScripts(await template()))
    const { title, texts } = language === 'zh-CN' ? inChinese(fields) : inEnglish(fields)
    const { before, after } = fill({
      lang: language,
      head: `<title>${escapeHtml(`${title} · ${SITE_NAME}`)}</title>\n    <meta name="robots" content="noindex">`,
      shell: pageShell(notice(fields, language, title, texts), language),
    })
    return before + after
  }
}

function inChinese(fields: ProblemFields): { title: string; texts: string[] } {
  const { title, text } = chineseProblem(fields)
  return { title, texts: [text, fields.hintZh ?? ''] }
}

function inEnglish({ title, detail, hint = '' }: ProblemFields): { title: string; texts: string[] } {
  return { title, texts: [detail, hint] }
}

function notice(
  { status, code, retry }: ProblemFields,
  language: Language,
  title: string,
  texts: string[],
): string {
  const words = WORDS[language]
  const again = retry ? `<a class="button" href="${escapeHtml(retry)}">${words.retry}</a>` : ''
  return (
    `<div class="notice"><p class="notice-code" aria-hidden="true">${status}</p><h1>${escapeHtml(title)}</h1>` +
    texts
      .filter(Boolean)
      .map((text) => `<p>${escapeHtml(text)}</p>`)
      .join('') +
    `<code>${escapeHtml(code)}</code>${again}<a class="${retry ? 'button button-quiet' : 'button'}" href="/">${words.home}</a></div>`
  )
}

// The app would put its own page in the place of this one.
function withoutScripts(html: string): string {
  return html.replace(/<script\b[^<>]*><\/script>|<link rel="modulepreload"[^<>]*>/g, '')
}
