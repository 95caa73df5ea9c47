import { language } from '@/shell/language'

const zh = { latest: '最新文章', missing: '文章不存在' }

const en: typeof zh = { latest: 'Latest articles', missing: 'No such article' }

/** What only the demo says. */
export const articleTexts = language === 'zh-CN' ? zh : en
