import { defineComponent, h, type PropType, type SlotsType } from 'vue'
import { openTagTemplate } from './openTagTemplate.ts'
import { useOpenTag } from './useOpenTag.ts'

/** A button that asks the person for permission to send notices. WeChat draws it. */
export const OpenSubscribe = defineComponent({
  name: 'OpenSubscribe',
  props: {
    /** Ids of the notices' templates, up to three. */
    templates: { type: Array as PropType<readonly string[]>, required: true },
    label: { type: String, required: true },
    css: { type: String, default: undefined },
  },
  emits: {
    /** What the person chose for each template: `accept`, `reject` … */
    success: (_choices: unknown) => true,
  },
  slots: Object as SlotsType<{
    /** Shown where WeChat draws no such button; `reason` quotes it. */
    fallback: { reason: string | undefined }
  }>,
  setup(props, { emit, slots }) {
    const { status, reason, ready, fail } = useOpenTag('wx-open-subscribe')
    return () => {
      if (status.value === 'unsupported') return slots.fallback?.({ reason: reason.value })
      const { templates, label, css } = props
      const onSuccess = (event: Event) => emit('success', choicesOf(event))
      const listeners = { onReady: ready, onSuccess, onError: fail }
      return h('wx-open-subscribe', { template: templates.join(','), ...listeners }, [
        openTagTemplate(label, css),
      ])
    }
  },
})

const choicesOf = (event: Event): unknown =>
  event instanceof CustomEvent ? event.detail?.subscribeDetails : undefined
