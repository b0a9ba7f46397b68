/**
 * Known ways in which resuming fails, told from the error that the kernel raised, each with one thing to do. What is not known
 * is `null`: the error's own words are shown then.
 *
 * Texts as transformers 5.23, torch 2.13 and peft 0.21 raised them when they were provoked (November 2026); that of a full GPU is
 * as torch's source has it (`CUDACachingAllocator.cpp`), that of a full disk as Linux says it.
 */
export type ResumeTrap =
  /** The path is not there as the kernel sees it. */
  | 'path-not-found'
  /** The folder is there, `trainer_state.json` is not. */
  | 'no-trainer-state'
  /** The optimizer of this trainer has other parameter groups than the saved one. */
  | 'optimizer-differs'
  /** `rng_state.pth` holds more than torch loads by default since 2.6. */
  | 'weights-only-load'
  /** The variables of the setup cells are not there. */
  | 'name-not-defined'
  /** The model has other parameters than the saved one. */
  | 'model-differs'
  /** The machine's memory, or its GPU's, is full. */
  | 'out-of-memory'
  /** Its disk is full. */
  | 'disk-full'
  /** A package that the notebook imports is not installed on this machine. */
  | 'module-missing';

interface KernelError {
  readonly name: string;
  readonly message: string;
}

/** The first that holds is the answer. */
const TRAPS: readonly (readonly [ResumeTrap, (error: KernelError) => boolean])[] = [
  ['module-missing', ({ name }) => name === 'ModuleNotFoundError'],
  ['name-not-defined', ({ name, message }) => name === 'NameError' && /is not defined/.test(message)],
  [
    'out-of-memory',
    ({ name, message }) => /OutOfMemory|^MemoryError$/.test(name) || /out of memory/i.test(message),
  ],
  ['disk-full', ({ message }) => /No space left on device|\[Errno 28\]/.test(message)],
  [
    'no-trainer-state',
    ({ message }) =>
      /trainer_state\.json/.test(message) && /No such file|not found|does not exist|Errno 2/i.test(message),
  ],
  [
    'path-not-found',
    ({ name, message }) =>
      /Can't find a valid checkpoint at|No valid checkpoint found/.test(message) ||
      (/FileNotFoundError|HFValidationError/.test(name) && /checkpoint/.test(message)),
  ],
  // torch: "Weights only load failed…", in front of whatever could not be loaded.
  ['weights-only-load', ({ message }) => /weights[_ ]only/i.test(message)],
  [
    'optimizer-differs',
    ({ message }) =>
      /parameter group that doesn't match|different number of parameter groups|size of optimizer's group/.test(
        message,
      ),
  ],
  [
    'model-differs',
    ({ message }) =>
      /Error\(s\) in loading state_dict|size mismatch for|Missing key\(s\) in state_dict/.test(message),
  ],
];

export const trapOf = (error: KernelError): ResumeTrap | null =>
  TRAPS.find(([, holds]) => holds(error))?.[0] ?? null;
