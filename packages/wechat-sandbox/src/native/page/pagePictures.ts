// Part of the page's half of the bridge: on Android a page shows a picture of the phone by its local id. A browser
// can't load weixin://, so the picture is put in its place. On iOS such ids do not display (believed), as here.

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- called by pageBridge.ts
function showLocalPictures({ native }: PageBridge): void {
  window.addEventListener(
    'error',
    async (event) => {
      const image = event.target
      if (!(image instanceof HTMLImageElement) || !image.src.startsWith('weixin://resourceid/')) return
      event.stopImmediatePropagation() // for the page nothing has failed
      const { data } = await native({ type: 'resource', localId: image.src })
      if (typeof data === 'string') image.src = `data:image/png;base64,${data}`
    },
    true,
  )
}
