import { describe, expect, it } from 'vitest';
import { readScript } from './read-script.ts';

const used = '\ntrainer.train(resume_from_checkpoint=args.resume_from_checkpoint)\nprint(args.resume)\n';
const add = (rest: string): string =>
  `p = argparse.ArgumentParser()\np.add_argument(${rest})\nargs = p.parse_args()${used}`;
const yes = (name: string): object => ({ name, takesValue: true, used: true });
const noValue = (name: string): object => ({ name, takesValue: false, used: true });

describe('how a script takes a checkpoint', () => {
  it.each([
    [add('"--resume_from_checkpoint", type=str, default=None'), yes('--resume_from_checkpoint')],
    [add('"-r", "--resume-from-checkpoint"'), yes('--resume-from-checkpoint')],
    [add('"--resume", nargs="?", const="auto"'), yes('--resume')],
    [add('"--resume", action="store_true"'), noValue('--resume')],
    [add('"--resume_from_checkpoint", type=bool'), noValue('--resume_from_checkpoint')],
    [
      add('"--resume_from_checkpoint", action=argparse.BooleanOptionalAction'),
      noValue('--resume_from_checkpoint'),
    ],
    [add('"--resume", choices=["yes", "no"]'), noValue('--resume')],
    [
      add('"--resume", action="store_true")\np.add_argument("--resume_from_checkpoint"'),
      yes('--resume_from_checkpoint'),
    ],
    [add('"--resume_from_checkpoint", action="store_true")\np.add_argument("--resume"'), yes('--resume')],
    [add('"--checkpoint"'), null],
    [
      'p.add_argument("--resume_from_checkpoint")\nargs = p.parse_args()\ntrainer.train()',
      { ...yes('--resume_from_checkpoint'), used: false },
    ],
    ['p.add_argument("--resume", dest="ckpt")\nprint(p.parse_args().ckpt)', yes('--resume')],
    ['# p.add_argument("--resume")\nx = "p.add_argument(\'--resume\')"', null],
    [
      'parser = HfArgumentParser((ModelArguments, TrainingArguments))\nm, a = parser.parse_args_into_dataclasses()\nt.train(resume_from_checkpoint=a.resume_from_checkpoint)',
      yes('--resume_from_checkpoint'),
    ],
    [
      'from transformers import HfArgumentParser as P, TrainingArguments as A\na, = P(A).parse_args_into_dataclasses()\nt.train(a.resume_from_checkpoint)',
      yes('--resume_from_checkpoint'),
    ],
    [
      'p = TrlParser([ScriptArguments, SFTConfig])\nt.train()',
      { ...yes('--resume_from_checkpoint'), used: false },
    ],
    [
      '@dataclass\nclass A:\n  resume_from_checkpoint: Optional[str] = None\np = HfArgumentParser(A)\nprint(a.resume_from_checkpoint)',
      yes('--resume_from_checkpoint'),
    ],
    [
      '@dataclass\nclass A:\n  resume: bool = False\np = HfArgumentParser(A)\nprint(a.resume)',
      noValue('--resume'),
    ],
    [
      '@click.command()\n@click.option("--resume-from-checkpoint", default=None)\ndef main(resume_from_checkpoint):\n  t.train(resume_from_checkpoint=resume_from_checkpoint)',
      yes('--resume-from-checkpoint'),
    ],
    ['@click.option("--resume", is_flag=True)\ndef main(resume):\n  print(resume)', noValue('--resume')],
    ['@click.option("--resume/--no-resume")\ndef main(resume):\n  print(resume)', null],
    [
      'import fire\ndef train(base, resume_from_checkpoint: str = None):\n  t.train(resume_from_checkpoint=resume_from_checkpoint)\nfire.Fire(train)',
      yes('--resume_from_checkpoint'),
    ],
    [
      'import fire\ndef train(base, resume_from_checkpoint=None):\n  t.train()\nfire.Fire(train)',
      { ...yes('--resume_from_checkpoint'), used: false },
    ],
    ['t.train()', null],
    ['p.add_argument("--resume"', null],
    ['', null],
  ])('%j → %j', (source, flag) => {
    expect(readScript(source).resumeFlag).toEqual(flag);
  });
});

const known = (
  value: string,
): { readonly kind: 'known'; readonly value: string; readonly cellId: string } => ({
  kind: 'known',
  value,
  cellId: 'c',
});
const argparse = `p = argparse.ArgumentParser()
p.add_argument("--output_dir", default="out")
p.add_argument("--save-steps", type=int, default=100)
p.add_argument("--max_steps", type=int)
def main():
  args = p.parse_args()
  t = Trainer(args=TrainingArguments(output_dir=os.path.join(args.output_dir, "x"), save_steps=args.save_steps, max_steps=args.max_steps, save_total_limit=2))
  t.train()
if __name__ == "__main__":
  main()
`;

describe('the training arguments of a script', () => {
  it('takes argparse defaults and what the command line gives', () => {
    const given = new Map([
      ['save_steps', known('25')],
      ['max_steps', known('600')],
    ]);
    expect(readScript(argparse, given, 'c').arguments).toMatchObject({
      outputDir: { value: 'out/x' },
      saveSteps: { value: 25 },
      maxSteps: { value: 600 },
      saveTotalLimit: { value: 2 },
    });
    expect(readScript(argparse, new Map([['output_dir', { kind: 'unknown' }]])).arguments?.outputDir).toEqual(
      { kind: 'unknown' },
    );
  });

  it('takes the fields of a class that HfArgumentParser fills', () => {
    const script =
      'p = HfArgumentParser((M, TrainingArguments))\nm, a = p.parse_args_into_dataclasses()\nt = Trainer(args=a)\nt.train()';
    const given = new Map([
      ['output_dir', known('o')],
      ['save_total_limit', known('3')],
      ['save_steps', known('oops')],
    ]);
    expect(readScript(script, given).arguments).toMatchObject({
      className: 'TrainingArguments',
      cellId: '',
      outputDir: known('o'),
      maxSteps: { kind: 'default', value: -1 },
      saveStrategy: { kind: 'default', value: 'steps' },
      saveSteps: { kind: 'unknown' },
      saveTotalLimit: { kind: 'known', value: 3, cellId: 'c' },
    });
    expect(readScript(script, new Map([['config', known('a.yaml')]])).arguments?.saveSteps).toEqual({
      kind: 'unknown',
    });
  });

  it('takes the only arguments a script makes when no call is found', () => {
    const script =
      'class Run:\n  def go(self):\n    a = TrainingArguments("o")\nfoo(TrainingArguments("p", save_steps=7))\nargs = TrainingArguments("q")';
    expect(readScript(script).arguments?.outputDir).toMatchObject({ value: 'q' });
    expect(readScript('x = 1').arguments).toBeNull();
  });
});
