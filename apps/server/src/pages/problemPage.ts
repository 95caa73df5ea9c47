import { escapeHtml } from 'starter-server/escapeHtml'
import type { DrawProblem } from 'starter-server/problem'
import { problemNotice } from 'starter-server/problemNotice'
import { pageShell } from './shell.ts'
import { SITE_NAME } from './siteDefaults.ts'
import { openTemplate } from 'starter-server/template'
import { readerOf } from './texts.ts'

/**
 * Draws what the server itself has to say, like a login that was refused, as a page of this site: its design, in the
 * reader's language, without the app.
 */
export function createProblemPage({ template }: { template: () => Promise<string> }): DrawProblem {
  return async (fields, req) => {
    const { language } = readerOf(req.acceptsLanguages()[0])
    const fill = openTemplate(withoutScripts(await template()))
    const { title, html } = problemNotice(fields, language)
    const { before, after } = fill({
      lang: language,
      head: `<title>${escapeHtml(`${title} · ${SITE_NAME}`)}</title>\n    <meta name="robots" content="noindex">`,
      shell: pageShell(html, language),
    })
    return before + after
  }
}

// The app would put its own page in the place of this one.
function withoutScripts(html: string): string {
  return html.replace(/<script\b[^<>]*><\/script>|<link rel="modulepreload"[^<>]*>/g, '')
}
