/** Whether a window can be shown: macOS and Windows always have a screen, Linux says where it is. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' ||
  process.env['DISPLAY'] !== undefined ||
  process.env['WAYLAND_DISPLAY'] !== undefined;
