import { h, type VNode } from 'vue'

/**
 * What is inside an open tag: WeChat draws it in a frame of its own, from the text of a script element. Vue's compiler
 * drops script elements from templates, so this is a render function (official guide to open tags, part on Vue).
 */
export function openTagTemplate(label: string, css = ''): VNode {
  const markup = `<style>${css}</style><button type="button" class="button">${escape(label)}</button>`
  return h('script', { type: 'text/wxtag-template' }, markup)
}

function escape(text: string): string {
  return text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)
}
