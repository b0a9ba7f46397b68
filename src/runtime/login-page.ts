/** Whether an answer is a page for people; a proxy's login page often comes with 200 in place of what was asked for. */
export const isPage = (headers: Headers, text: string): boolean =>
  (headers.get('Content-Type') ?? '').includes('html') || /^\s*<(?:!doctype|html)/i.test(text);

/** Whether a page asks for a login. */
export const asksForLogin = (text: string): boolean =>
  /<input[^>]{1,500}type=["']?password|login/i.test(text);
