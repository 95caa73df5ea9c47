// Part of the page's half of the bridge: what happens in the page while a person shares it.

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- called by pageBridge.ts
function installShare({ native, tellPhone, fire, onOrder }: PageBridge): void {
  // Without a phone around the page, a test asks from within it.
  const tell = (answer: Json) => {
    if (window.parent !== window) tellPhone(answer)
    else window.postMessage({ ...answer, from: 'wechat-page' }, location.origin)
  }
  // The person tapped "···" and chose where to share: the phone around this page, or a test, says so.
  onOrder('share', async ({ target, id }) => {
    const { needsHandler, event, scene } = await native({ type: 'tap', target })
    if (needsHandler) await fire(String(event), { scene, shareTo: scene })
    const card = await native({ type: 'card', target, page: describePage() })
    tell({ event: 'card', id, card })
  })
  onOrder('menu', async ({ id }) => tell({ event: 'menu', id, menu: await native({ type: 'menu' }) }))
}

// What WeChat takes for the card when the page sets nothing: the first visible picture of some size.
function describePage(): { title: string; url: string; image: string } {
  const big = [...document.images].find(
    (image) => image.naturalWidth > 290 && image.naturalHeight > 290 && image.checkVisibility(),
  )
  return { title: document.title, url: document.documentURI, image: big?.src ?? '' }
}
