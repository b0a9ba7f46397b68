/**
 * Name of a kernel that is not heard but only seen at work on its page. The server does not know it under this name, so
 * it cannot be asked for it.
 */
const PREFIX = 'shown:';

export const shownKernelId = (machineId: string | null): string =>
  `${PREFIX}${machineId ?? ''}`.slice(0, 200);

export const isShownKernel = (kernelId: string): boolean => kernelId.startsWith(PREFIX);
