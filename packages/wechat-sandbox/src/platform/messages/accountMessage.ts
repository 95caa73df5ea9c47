/** What an account can send to a person, by whichever way. */
export type AccountMessage =
  | { msgType: 'text'; content: string }
  | { msgType: 'image'; mediaId: string }
  | { msgType: 'voice'; mediaId: string }
  | { msgType: 'video'; mediaId: string; title: string; description: string }
  | { msgType: 'music'; title: string; description: string; musicUrl: string; hqMusicUrl: string }
  | { msgType: 'news'; articles: Article[] }
  | { msgType: 'images'; mediaIds: string[]; words: string }
  | { msgType: 'wxcard'; cardId: string }
  | { msgType: 'miniprogrampage'; title: string; appId: string; pagePath: string; thumbMediaId: string }
  | { msgType: 'msgmenu'; head: string; items: MenuItem[]; tail: string }
  | { msgType: 'transfer_customer_service'; kfAccount: string | undefined }
  | { msgType: 'template'; title: string; fields: { name: string; value: string }[]; url: string | undefined }

/** One answer that a menu message offers. */
export interface MenuItem {
  id: string
  content: string
}

export interface Article {
  title: string
  description: string
  picUrl: string
  url: string
}
