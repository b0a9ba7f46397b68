import { call, member, text } from '../foreign-object.ts';
import { notebookObject, type ColabPage } from './notebook-object.ts';

/** Tools that are used here, of the layer Google made for its own agent bridge (seen in four published projects, June 2026). */
export type ToolName = 'add_code_cell' | 'update_cell' | 'delete_cell' | 'run_code_cell';

const toolNamed = (page: ColabPage, name: ToolName): unknown => {
  const tools = member(notebookObject(page), 'colabMcpToolsService', 'tools');
  return Array.isArray(tools) ? tools.find((tool: unknown) => text(tool, 'toolName') === name) : undefined;
};

export const hasTool = (page: ColabPage, name: ToolName): boolean =>
  typeof member(toolNamed(page, name), 'toolCallback') === 'function';

/** Calls a tool; whatever it answers or throws, what it did is read off the notebook. */
export const useTool = async (
  page: ColabPage,
  name: ToolName,
  args: Readonly<Record<string, unknown>>,
): Promise<void> => {
  try {
    await call(toolNamed(page, name), 'toolCallback', args);
  } catch {
    // The reading back says what is there.
  }
};
