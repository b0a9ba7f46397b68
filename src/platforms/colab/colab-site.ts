/** Colab's notebooks are under one host, whatever their path (`/drive/ID`, `/github/…`, `/gist/…`, `/notebooks/…`). */
export const isColabHost = (hostname: string): boolean => hostname === 'colab.research.google.com';
