import { indented } from './python-lines.ts';
import type { Answers } from './recipe.ts';

/**
 * The body of a function that asks a model: `text` in, a text out, `torch` at hand. Of its locals nothing is left in the notebook. The
 * greedy answer is taken, so that the same prompt has the same answer. `null`: what such a model takes only its user can give.
 */
export function answerBody(answers: Answers): readonly string[] | null {
  switch (answers) {
    case 'generate':
    case 'multimodal':
      return indented([...chat(answers === 'multimodal'), ...generation]);
    case 'classify':
      return indented(classification);
    case 'embed':
    case 'call':
    case 'predict':
    case 'pictures':
      return null;
    default:
      return answers satisfies never;
  }
}

/** Arguments besides the text, the model and its tokenizer. */
export const answerOptions = (answers: Answers): string => {
  if (answers === 'multimodal') return ', image=None, max_new_tokens=128';
  return answers === 'generate' ? ', max_new_tokens=128' : '';
};

/** By the chat template where there is one. A processor wants its contents in parts, and text by its name. */
const chat = (multimodal: boolean): readonly string[] => [
  'if getattr(tokenizer, "chat_template", None):',
  ...(multimodal
    ? [
        '    parts = [] if image is None else [{"type": "image"}]',
        '    parts.append({"type": "text", "text": text})',
        '    content = parts if hasattr(tokenizer, "image_processor") else text',
      ]
    : []),
  `    messages = [{"role": "user", "content": ${multimodal ? 'content' : 'text'}}]`,
  '    text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)',
  ...(multimodal
    ? [
        '    pictures = {} if image is None else {"images": image}',
        '    inputs = tokenizer(text=text, add_special_tokens=False, return_tensors="pt", **pictures)',
      ]
    : ['    inputs = tokenizer(text, add_special_tokens=False, return_tensors="pt")']),
  'else:',
  '    inputs = tokenizer(text=text, return_tensors="pt")',
  'inputs = inputs.to(model.device)',
  // Some tokenizers give more than their model takes (token_type_ids), which generate refuses.
  ...(multimodal ? [] : ['inputs = {name: inputs[name] for name in ("input_ids", "attention_mask")}']),
];

const generation: readonly string[] = [
  'with torch.no_grad():',
  '    output = model.generate(**inputs, max_new_tokens=max_new_tokens, do_sample=False)[0]',
  'if not model.config.is_encoder_decoder:',
  '    output = output[inputs["input_ids"].shape[1]:]',
  'return tokenizer.decode(output, skip_special_tokens=True)',
];

const classification: readonly string[] = [
  'inputs = tokenizer(text, truncation=True, return_tensors="pt").to(model.device)',
  'with torch.no_grad():',
  '    logits = model(**inputs).logits[0]',
  'if logits.numel() == 1:',
  '    return f"{logits.item():.4f}"',
  'best = int(logits.argmax())',
  'return f"{model.config.id2label[best]} ({logits.softmax(-1)[best].item():.2f})"',
];
