import { computed, defineComponent, h, onBeforeUnmount, ref, type PropType } from 'vue'
import { withoutHash } from '../entryUrl.ts'
import type { Jssdk } from '../jssdk.ts'
import { useRouteAddress } from '../vue/routeAddress.ts'
import './debug.css'
import { diagnose } from './diagnose.ts'
import { debugTexts, type DebugLanguage } from './texts.ts'

type Asked = Jssdk['asked'][number]

/** What WeChat was asked on this page and what it said, for a phone that has no developer tools. */
export const DebugPanel = defineComponent({
  name: 'WechatDebugPanel',
  props: {
    jssdk: { type: Object as PropType<Jssdk>, required: true },
    language: { type: String as PropType<DebugLanguage>, default: 'en' },
    consoleUrl: { type: String, default: undefined },
  },
  emits: { close: () => true },
  setup(props, { emit }) {
    const { environment, entryUrl, asked } = props.jssdk
    const texts = debugTexts[props.language]
    const where = environment.inWechat
      ? `WeChat ${environment.version}, ${environment.platform}`
      : texts.outside
    const countsBy = environment.platform === 'ios' ? 'entry' : 'current'
    const route = useRouteAddress()
    const currentUrl = computed(() => (void route.value, withoutHash(window.location.href)))
    const finding = computed(() => diagnose({ environment, asked }))
    const recheck = useRecheck()
    const { copied, byHand, copy } = useCopy(() => text())

    return () =>
      h('aside', { class: 'wechat-debug', 'aria-label': texts.title }, [
        h('header', [h('h2', texts.title), button(texts.close, () => emit('close'))]),
        h('div', { class: 'wechat-debug-finding', role: 'status', 'data-finding': finding.value }, [
          h('strong', texts.findings[finding.value][0]),
          ` ${texts.findings[finding.value][1]}`,
          recheck.value && h('p', recheck.value),
        ]),
        h('dl', [
          h('dt', texts.where),
          h('dd', where),
          h('dt', texts.entryUrl),
          h('dd', [entryUrl, countsBy === 'entry' && [' ', h('em', texts.counts)]]),
          h('dt', texts.currentUrl),
          h('dd', [currentUrl.value, countsBy === 'current' && [' ', h('em', texts.counts)]]),
        ]),
        h('h3', texts.asked),
        h('ol', asked.map(answerRow)),
        byHand.value && h('textarea', { readonly: true, rows: 6, 'aria-label': texts.copy, value: text() }),
        h('footer', [
          button(copied.value ? texts.copied : texts.copy, copy),
          props.consoleUrl && button(texts.console, () => openConsole(props.consoleUrl)),
        ]),
      ])

    function answerRow(one: Asked, index: number) {
      return h('li', { key: index, 'data-good': one.answer.endsWith(':ok') }, [
        h('b', one.name),
        ` ${noteOf(one)}`,
        h('span', one.url),
        h('samp', one.answer || texts.waiting),
      ])
    }

    function noteOf({ by, source }: Asked): string {
      return by && source ? `${texts.by[by]}, ${texts.source[source]}` : ''
    }

    function text(): string {
      return [
        `${texts.where}: ${where}`,
        navigator.userAgent,
        `${texts.entryUrl}: ${entryUrl}`,
        `${texts.currentUrl}: ${currentUrl.value}`,
        ...asked.map((one) => [one.name, one.url, noteOf(one), one.answer || texts.waiting].join(' | ')),
        ...texts.findings[finding.value],
        recheck.value,
      ].join('\n')
    }

    // A ticket that has just died may stay so for a minute: who waits is told until when.
    function useRecheck() {
      const now = ref(Date.now())
      const clock = setInterval(() => (now.value = Date.now()), 1000)
      onBeforeUnmount(() => clearInterval(clock))
      return computed(() => {
        const at = [...asked].reverse().find((one) => one.recheckAt !== undefined)?.recheckAt
        if (finding.value !== 'invalid_signature' || at === undefined) return ''
        return at > now.value ? texts.recheckAt(new Date(at).toLocaleTimeString()) : texts.recheckNow
      })
    }
  },
})

// Not every WebView lets a page write to the clipboard: there the text is shown, to be copied by hand.
function useCopy(text: () => string) {
  const copied = ref(false)
  const byHand = ref(false)
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text())
      copied.value = true
    } catch {
      byHand.value = true
    }
  }
  return { copied, byHand, copy }
}

const button = (label: string, onClick: () => unknown) => h('button', { type: 'button', onClick }, label)

declare const VConsole: new () => unknown

// A file beside the app, not a part of it: nobody loads it who has not asked.
function openConsole(address = ''): void {
  const script = document.createElement('script')
  script.src = address
  script.onload = () => new VConsole()
  document.head.append(script)
}
