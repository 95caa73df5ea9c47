import { escapeHtml } from './escapeHtml.ts'
import type { ProblemFields } from './problem.ts'
import { chineseProblem } from './problemTexts.ts'
import type { Language } from './siteFile.ts'

const WORDS: Record<Language, { retry: string; home: string }> = {
  'zh-CN': { retry: '重试', home: '回到首页' },
  en: { retry: 'Try again', home: 'Back to the start' },
}

/** What people read of a problem, in their language: the page's title, and its content as HTML. */
export function problemNotice(fields: ProblemFields, language: Language): { title: string; html: string } {
  const { status, code, retry } = fields
  const { title, texts } = language === 'zh-CN' ? inChinese(fields) : inEnglish(fields)
  const words = WORDS[language]
  const again = retry ? `<a class="button" href="${escapeHtml(retry)}">${words.retry}</a>` : ''
  const paragraphs = texts.filter(Boolean).map((text) => `<p>${escapeHtml(text)}</p>`)
  const html =
    `<div class="notice"><p class="notice-code" aria-hidden="true">${status}</p><h1>${escapeHtml(title)}</h1>` +
    `${paragraphs.join('')}<code>${escapeHtml(code)}</code>${again}` +
    `<a class="${retry ? 'button button-quiet' : 'button'}" href="/">${words.home}</a></div>`
  return { title, html }
}

function inChinese(fields: ProblemFields): { title: string; texts: string[] } {
  const { title, text } = chineseProblem(fields)
  return { title, texts: [text, fields.hintZh ?? ''] }
}

function inEnglish({ title, detail, hint = '' }: ProblemFields): { title: string; texts: string[] } {
  return { title, texts: [detail, hint] }
}
