import { describe, expect, it } from 'vitest';
import { setupMark } from './setup-mark.ts';

describe('a setup cell', () => {
  it.each([
    '!pip install -q unsloth trl',
    '%pip install peft',
    '%%capture\n!pip install --no-deps "xformers<0.0.27"',
    '!uv pip install transformers',
    '!apt-get -qq install ffmpeg',
    'import os\nif "COLAB_" in "".join(os.environ):\n    !pip install bitsandbytes',
    '!cd repo && pip install -e .',
  ])('that installs is known: %s', (source) => expect(setupMark(source)).toBe('installs'));

  it.each([
    'from google.colab import drive\ndrive.mount("/content/drive")',
    'notebook_login()',
    'token = getpass("token")',
    'name = input("run name: ")',
    'wandb.login()',
    '!huggingface-cli login',
    '!pip install wandb\nimport wandb\nwandb.login()',
  ])('that waits for a person is known: %s', (source) => expect(setupMark(source)).toBe('asks'));

  it.each([
    '# !pip install peft',
    'inputs = tokenizer(text)\nmodel_input(inputs)',
    'print("pip installed")',
    'wandb.login(key=KEY)',
    '',
  ])('of any other kind has no mark: %s', (source) => expect(setupMark(source)).toBeNull());
});
