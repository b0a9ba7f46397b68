import { describe, expect, it } from 'vitest';
import { createLogScanner, scanText } from '../scanner.ts';

/** As pip 25, uv and Unsloth print them, and what only looks like it. */
const TEXT = String.raw`
Collecting transformers==4.40.0
Requirement already satisfied: transformers in ./.venv/lib/python3.11/site-packages (5.23.0)
Requirement already satisfied: torch in ./.venv/lib/python3.11/site-packages (2.13.0+cpu)
Requirement already satisfied: numpy>=1.17 in ./.venv/lib/python3.11/site-packages (from transformers) (2.4.6)
Requirement already satisfied: six>=1.5 in ./.venv/lib/python3.11/site-packages (from transformers) (1.17.0)
   ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 12.0/12.0 MB 41.9 MB/s eta 0:00:00
Installing collected packages: safetensors
  Attempting uninstall: transformers
    Found existing installation: transformers 4.46.2
Successfully installed safetensors-0.8.0 sentence-transformers-3.0.1 six-1.17.0 unsloth_zoo-2025.1.1
Installed 2 packages in 5ms
 + trl==0.12.1
 - peft==0.13.0
transformers==4.41.0
transformers 4.44.0
Torch: 2.4.0+cu121
peft                      0.21.2
torch 2.1
accelerate step 1.2.3
4.44.0
==((====))==  Unsloth 2024.11.7: Fast Llama patching. Transformers = 4.46.2.
O^O/ \_/ \    Pytorch: 2.5.0+cu121. CUDA = 7.5. CUDA Toolkit = 12.1.
==((====))==  Unsloth 2025.3.19: Fast Gemma3 patching. Transformers: 4.50.0. vLLM: 0.8.2.
O^O/ \_/ \    Torch: 2.6.0+cu124. CUDA: 7.5. CUDA Toolkit: 12.4. Triton: 3.2.0
`.slice(1);

describe('versions of packages', () => {
  it('are read where a cell shows them, and nowhere else', () => {
    const events = createLogScanner('live').push(TEXT);
    expect(events.map(({ kind, line, packages }) => ({ kind, line, packages }))).toEqual([
      { kind: 'versions', line: 1, packages: { transformers: '5.23.0' } },
      { kind: 'versions', line: 2, packages: { torch: '2.13.0+cpu' } },
      { kind: 'versions', line: 3, packages: { numpy: '2.4.6' } },
      {
        kind: 'versions',
        line: 9,
        packages: { safetensors: '0.8.0', 'sentence-transformers': '3.0.1', 'unsloth-zoo': '2025.1.1' },
      },
      { kind: 'versions', line: 11, packages: { trl: '0.12.1' } },
      { kind: 'versions', line: 14, packages: { transformers: '4.44.0' } },
      { kind: 'versions', line: 15, packages: { torch: '2.4.0+cu121' } },
      { kind: 'versions', line: 16, packages: { peft: '0.21.2' } },
      { kind: 'versions', line: 20, packages: { unsloth: '2024.11.7', transformers: '4.46.2' } },
      { kind: 'versions', line: 21, packages: { torch: '2.5.0+cu121' } },
      { kind: 'versions', line: 22, packages: { unsloth: '2025.3.19', transformers: '4.50.0' } },
      { kind: 'versions', line: 23, packages: { torch: '2.6.0+cu124' } },
    ]);
  });

  it('are nothing that a log of the past tells of its training', () => {
    expect(scanText(TEXT)).toEqual([]);
  });
});
