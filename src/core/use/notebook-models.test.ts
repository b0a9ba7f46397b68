import { expect, it } from 'vitest';
import { promptsOf, readNotebookModels } from './notebook-models.ts';

const models = (source: string) => readNotebookModels([{ id: 'a', source }]);

it.each([
  ['test_prompts = ["a", "b"]', ['a', 'b']],
  ['PROMPTS = 1\nprompts = ("a" + "b", f"c")', ['ab', 'c']],
  ['test_cases = ["a", question]', []],
  ['test_cases = [{"input": "a"}]', []],
  ['def f():\n    prompts = ["a"]', []],
  [`prompts = [${'"a",'.repeat(30)}]`, []],
  ['labels = ["a"]', []],
])('prompts of %j', (source, expected) => {
  expect(promptsOf(models(source))).toEqual(expected);
});

it.each([
  ['from trl import SFTTrainer\nt = SFTTrainer(model=m, processing_class=words)', 'words'],
  ['from trl import SFTTrainer\nt = SFTTrainer(model=m, tokenizer=words)\ntokenizer = 1', 'words'],
  ['tokenizer = AutoTokenizer.from_pretrained("a")', 'tokenizer'],
  ['model, tokenizer = load()', 'tokenizer'],
  ['def f(tokenizer): pass', null],
  ['from mine import tokenizer', null],
])('the tokenizer of %j', (source, expected) => {
  expect(models(source).tokenizer).toBe(expected);
});
