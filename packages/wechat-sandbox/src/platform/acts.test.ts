import { beforeEach, expect, it } from 'vitest'
import { createPlatform, type Platform } from './platform.ts'
import type { Push } from './push/messages.ts'
import { childText, readXml } from './push/xml.ts'

let platform: Platform
const person = () => platform.people[0]
const openid = () => platform.identities.openidOf(person())
/** What the conversation has of the person's acts. */
const told = () =>
  platform.conversations.of(openid()).flatMap((entry) => (entry.from === 'person' ? [entry.push] : []))

beforeEach(() => {
  // Nothing listens there: what is told counts here, not what comes back.
  platform = createPlatform({ siteOrigin: 'https://h5.example.com', push: { url: 'http://127.0.0.1:9/' } })
  platform.switches.set('pushRetries', 0)
})

it('who leaves and comes back through a QR code is told as WeChat tells it', async () => {
  await platform.acts.unfollow(person())
  expect(platform.followers.has(openid())).toBe(false)
  await platform.acts.scanAccountCode(person(), '1001')
  expect(platform.followers.get(openid())).toMatchObject({ scene: '1001' })
  await platform.acts.scanAccountCode(person(), '1001')
  expect(told()).toMatchObject([
    { event: 'unsubscribe' },
    { event: 'subscribe', scene: '1001', ticket: expect.any(String) },
    { event: 'SCAN', scene: '1001' },
  ])
})

it('a menu item opens, tells or both; a group by itself is none', async () => {
  const url = 'https://h5.example.com/'
  platform.menu.create([
    { type: 'view', name: 'Home', url },
    {
      name: 'More',
      sub_button: [
        { type: 'click', name: 'Help', key: 'HELP' },
        { type: 'pic_weixin', name: 'Pic', key: 'P' },
      ],
    },
  ])
  expect(await platform.acts.tapMenu(person(), [0])).toMatchObject({ open: url, button: { name: 'Home' } })
  expect((await platform.acts.tapMenu(person(), [1, 0])).open).toBeUndefined()
  await platform.acts.tapMenu(person(), [1, 1])
  expect(told()).toMatchObject([
    { event: 'VIEW', eventKey: url },
    { event: 'CLICK', eventKey: 'HELP' },
    { event: 'pic_weixin', eventKey: 'P' },
  ])
  for (const position of [[1], [2], [1, 5]] as [number, number?][])
    await expect(platform.acts.tapMenu(person(), position)).rejects.toThrow(/no item/)
})

it.each<[Push, string]>([
  [{ msgType: 'image', picUrl: 'p', mediaId: 'm' }, '<PicUrl>p</PicUrl><MediaId>m</MediaId>'],
  [{ msgType: 'voice', mediaId: 'm' }, '<MediaId>m</MediaId><Format>amr</Format>'],
  [
    { msgType: 'shortvideo', mediaId: 'm', thumbMediaId: 't' },
    '<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>',
  ],
  [
    { msgType: 'location', latitude: 23.1, longitude: 113.2, label: 'L' },
    '<Location_X>23.1</Location_X><Location_Y>113.2</Location_Y><Scale>20</Scale><Label>L</Label>',
  ],
  [
    { msgType: 'link', title: 't', description: 'd', url: 'u' },
    '<Title>t</Title><Description>d</Description><Url>u</Url>',
  ],
  [
    { msgType: 'event', event: 'subscribe', scene: '1001', ticket: 'T' },
    '<Event>subscribe</Event><EventKey>qrscene_1001</EventKey><Ticket>T</Ticket>',
  ],
  [{ msgType: 'event', event: 'unsubscribe' }, '<Event>unsubscribe</Event><EventKey></EventKey>'],
  [
    { msgType: 'event', event: 'LOCATION', latitude: 1, longitude: 2, precision: 3 },
    '<Event>LOCATION</Event><Latitude>1</Latitude><Longitude>2</Longitude><Precision>3</Precision>',
  ],
  [{ msgType: 'event', event: 'VIEW', eventKey: 'u' }, '<Event>VIEW</Event><EventKey>u</EventKey>'],
  [
    { msgType: 'event', event: 'view_miniprogram', eventKey: 'pages/a', menuId: '430000001' },
    '<EventKey>pages/a</EventKey><MenuId>430000001</MenuId>',
  ],
  [
    { msgType: 'event', event: 'scancode_push', eventKey: 'k', scanResult: 'r' },
    '<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>r</ScanResult></ScanCodeInfo>',
  ],
  [
    { msgType: 'event', event: 'pic_sysphoto', eventKey: 'k', pictures: ['a', 'b'] },
    '<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item><item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>',
  ],
  [
    { msgType: 'event', event: 'location_select', eventKey: 'k', latitude: 1, longitude: 2, label: 'L' },
    '<SendLocationInfo><Location_X>1</Location_X><Location_Y>2</Location_Y><Scale>15</Scale><Label>L</Label><Poiname></Poiname></SendLocationInfo>',
  ],
  [
    { msgType: 'event', event: 'TEMPLATESENDJOBFINISH', msgId: 5, status: 'failed: system failed' },
    '<MsgID>5</MsgID><Status>failed: system failed</Status>',
  ],
  [
    {
      msgType: 'event',
      event: 'subscribe_msg_popup_event',
      templates: [{ templateId: 't', status: 'accept' }],
    },
    '<SubscribeMsgPopupEvent><List><TemplateId>t</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>1</PopupScene></List></SubscribeMsgPopupEvent>',
  ],
  [
    {
      msgType: 'event',
      event: 'subscribe_msg_change_event',
      templates: [{ templateId: 't', status: 'reject' }],
    },
    '<SubscribeMsgChangeEvent><List><TemplateId>t</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>',
  ],
  [
    { msgType: 'event', event: 'subscribe_msg_sent_event', templateId: 't', msgId: 5 },
    '<SubscribeMsgSentEvent><List><TemplateId>t</TemplateId><MsgID>5</MsgID><ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent>',
  ],
])('%j has the elements of the document [message-types] [event-types]', (push, elements) => {
  const body = platform.push.request(person(), push).body?.replace(/<!\[CDATA\[|\]\]>/g, '') ?? ''
  expect(body).toContain(elements)
  expect(childText(readXml(body), 'FromUserName')).toBe(openid())
  expect(childText(readXml(body), 'MsgId') === undefined).toBe(push.msgType === 'event')
})

it('what the platform tells of a person comes from the platform [authorisation-events]', () => {
  const push = { msgType: 'event', event: 'user_authorization_revoke', revokeInfo: '205' } as const
  const root = readXml(platform.push.request(person(), push).body ?? '')
  expect([childText(root, 'OpenID'), childText(root, 'AppID'), childText(root, 'RevokeInfo')]).toEqual([
    openid(),
    platform.account.appId,
    '205',
  ])
  expect(childText(root, 'FromUserName')).not.toBe(openid())
})
