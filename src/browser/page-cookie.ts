import { browser } from './browser.ts';

/**
 * The value of a cookie as the page of a tab can read it itself; `null` when there is none, or the tab is gone. Of several
 * with one name the browser puts that of the longest path first.
 */
export const pageCookie = async (tabId: number, name: string): Promise<string | null> => {
  try {
    const [result] = await browser.scripting.executeScript({
      target: { tabId },
      func: () => document.cookie,
    });
    const cookies: unknown = result?.result;
    return typeof cookies === 'string' ? valueIn(cookies, name) : null;
  } catch {
    return null;
  }
};

const valueIn = (cookies: string, name: string): string | null => {
  const found = cookies.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
};
