/** What an account can send to a person: a reply to a push, a customer-service message, a template message. */
export type AccountMessage =
  | { msgType: 'text'; content: string }
  | { msgType: 'image'; mediaId: string }
  | { msgType: 'voice'; mediaId: string }
  | { msgType: 'video'; mediaId: string; title: string; description: string }
  | { msgType: 'music'; title: string; description: string; musicUrl: string; hqMusicUrl: string }
  | { msgType: 'news'; articles: Article[] }
  | { msgType: 'transfer_customer_service' }
  | { msgType: 'template'; title: string; fields: { name: string; value: string }[]; url: string | undefined }

export interface Article {
  title: string
  description: string
  picUrl: string
  url: string
}
