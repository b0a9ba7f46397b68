/** The page objects as a test calls them inside `page.evaluate`. */
export interface PageGlobals {
  readonly global: {
    readonly notebook: {
      readonly cells: readonly {
        getId(): string;
        getText(): string;
        setText(text: string): void;
        manualExecute(): void;
      }[];
      insertCell?(type: string, place: { after: boolean; index: number }): void;
      readonly colabMcpToolsService?: {
        readonly tools: readonly {
          readonly toolName: string;
          toolCallback(args: object): Promise<{ newCellId?: string }>;
        }[];
      };
      readonly kernel: {
        readonly endpoint: { readonly managedId: string } | null;
        isConnected(): boolean;
        getState(): string;
        createTerminalSocket?(runtime: object): {
          readonly url: string;
          getRuntimeProxyToken(): Promise<string>;
        };
        readonly runtime: object;
      };
      readonly kernelFiles: {
        write(
          folder: string,
          name: string,
          content: ArrayBuffer,
          progress: object,
        ): Promise<{ ok: boolean; status: number }>;
      };
    };
  };
}
