import { defineComponent, h, type SlotsType } from 'vue'
import { openTagTemplate } from './openTagTemplate.ts'
import { useOpenTag } from './useOpenTag.ts'

/** A button that opens a mini program. WeChat draws it, so it takes its look from `css` and not from the page. */
export const LaunchMiniProgram = defineComponent({
  name: 'LaunchMiniProgram',
  props: {
    /** The mini program's AppID. */
    appid: { type: String, required: true },
    path: { type: String, default: undefined },
    label: { type: String, required: true },
    css: { type: String, default: undefined },
  },
  emits: { launch: () => true },
  slots: Object as SlotsType<{
    /** Shown where WeChat draws no such button; `reason` quotes it. */
    fallback: { reason: string | undefined }
  }>,
  setup(props, { emit, slots }) {
    const { status, reason, ready, fail } = useOpenTag('wx-open-launch-weapp')
    return () => {
      if (status.value === 'unsupported') return slots.fallback?.({ reason: reason.value })
      const { appid, path, label, css } = props
      const listeners = { onReady: ready, onLaunch: () => emit('launch'), onError: fail }
      return h('wx-open-launch-weapp', { appid, path, ...listeners }, [openTagTemplate(label, css)])
    }
  },
})
