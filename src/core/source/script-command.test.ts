import { describe, expect, it } from 'vitest';
import { readTraining, trainingCells, writtenScript } from './read-training.ts';
import { scriptCommands } from './script-command.ts';
import { literalText } from './shell-words.ts';

describe('commands that run a script', () => {
  it.each([
    ['!python train.py --output_dir out', 'train.py', ['--output_dir', 'out'], ''],
    ['!python3 -u x.py', 'x.py', [], ''],
    ['!python3.11 -W ignore x.py a', 'x.py', ['a'], ''],
    ['! python x.py', 'x.py', [], ''],
    ['!{sys.executable} x.py --a', 'x.py', ['--a'], ''],
    ['!/opt/conda/bin/python x.py', 'x.py', [], ''],
    ['!CUDA_VISIBLE_DEVICES=0 nohup python x.py --a 1 > log.txt 2>&1', 'x.py', ['--a', '1'], ''],
    ['!python x.py --a 1 2>&1 | tee log.txt', 'x.py', ['--a', '1'], ''],
    ['!accelerate launch --num_processes 2 x.py --a "b c"', 'x.py', ['--a', 'b c'], ''],
    ['!torchrun --nproc_per_node=2 src/x.py', 'src/x.py', [], ''],
    ['!python -m torch.distributed.run --nproc_per_node 2 x.py --a', 'x.py', ['--a'], ''],
    ['!cd dir && python x.py', 'x.py', [], 'dir'],
    ['!cd "my dir"; cd sub; python x.py', 'x.py', [], 'my dir/sub'],
    ['!cd $HOME && python x.py', 'x.py', [], null],
    ['!python x.py \\\n  --a 1 \\\n  --b 2', 'x.py', ['--a', '1', '--b', '2'], ''],
    ['x = 1\n!python "my train.py" --a=1 # comment', 'my train.py', ['--a=1'], ''],
    ['out = !python x.py', 'x.py', [], ''],
    ['%run train.py --a b;c', 'train.py', ['--a', 'b;c'], ''],
    ['%run -i train.py', 'train.py', [], ''],
    ['%sx python x.py', 'x.py', [], ''],
    ['%%bash\ncd sub\nset -e\npython x.py --a 1 \\\n  --b 2\n', 'x.py', ['--a', '1', '--b', '2'], 'sub'],
    ['%%capture out\n!python x.py', 'x.py', [], ''],
    ["!python x.py --a 'it'\\''s' --b a\\ b", 'x.py', ['--a', "it's", '--b', 'a b'], ''],
  ])('%j', (source, script, words, directory) => {
    const [command] = scriptCommands(source);
    expect(command).toMatchObject({ script, directory });
    expect(command?.words.map(literalText)).toEqual(words);
    const line = source.slice(command?.from, command?.to);
    expect(line).toMatch(/^[!%p{]/);
    expect(source.slice(command?.to)).toMatch(/^(\n|$)/);
  });

  it.each([
    ['!pip install train.py'],
    ['!python -c "import x.py"'],
    ['!python -m pip install x.py'],
    ['!cat train.py'],
    ['!ls *.py'],
    ['# !python train.py'],
    ['x = "!python train.py"'],
    ['%run notebook.ipynb'],
    ['%run -m package'],
    ['%%html\npython x.py'],
    ['!python'],
  ])('%j runs none', (source) => {
    expect(scriptCommands(source)).toEqual([]);
  });

  it('takes apart what cannot be known', () => {
    const [command] = scriptCommands('!python x.py {out}/a $b.c `ls` $(pwd) ${x} \'{y}\' "$z"');
    expect(
      command?.words.map(({ pieces }) => pieces.map((piece) => ('code' in piece ? piece.code : piece.kind))),
    ).toEqual([
      ['out', 'text'],
      ['b.c'],
      ['unknown'],
      ['unknown'],
      ['unknown'],
      ['text', 'y'],
      ['text', 'z'],
    ]);
  });
});

const cells = (...sources: readonly string[]): readonly { readonly id: string; readonly source: string }[] =>
  sources.map((source, index) => ({ id: `c${index}`, source }));

describe('a cell that trains by a script', () => {
  it.each([
    ['!python train.py', true],
    ['!python run_clm.py', true],
    ['!python main.py --output_dir out', true],
    ['!python main.py', false],
    ['!python setup.py install', false],
    ['!python convert_lora.py a', false],
    ['!python convert_checkpoint.py --model_dir m --output_dir out', false],
    ['!python3 quantize.py --output_dir out', false],
    ['!python prepare.py --max_steps 60 --output_dir out', true],
    ['!python test_train.py', false],
  ])('%j: %s', (source, trains) => {
    expect(trainingCells(cells(source)).has('c0')).toBe(trains);
  });

  it('prefers the training script of several', () => {
    expect(
      readTraining(cells('!python download.py\n!python train.py\n!python eval.py'), 'c0').script?.script,
    ).toBe('train.py');
  });

  it('reads the command line, and the names IPython puts in', () => {
    const notebook = cells(
      'out = "runs/a"\nsteps = 600',
      '!python x.py --output-dir {out} --max_steps=$steps --save_steps 50 --save_total_limit {n}',
    );
    expect(readTraining(notebook, 'c1')).toMatchObject({
      framework: null,
      training: null,
      scriptTraining: null,
      call: null,
      script: { cellId: 'c1', script: 'x.py', from: 0, to: notebook[1]?.source.length },
      arguments: {
        className: '',
        cellId: 'c1',
        outputDir: { kind: 'known', value: 'runs/a', cellId: 'c1' },
        maxSteps: { kind: 'known', value: 600, cellId: 'c1' },
        saveStrategy: { kind: 'unknown' },
        saveSteps: { kind: 'known', value: 50, cellId: 'c1' },
        saveTotalLimit: { kind: 'unknown' },
        evalStrategy: { kind: 'unknown' },
      },
    });
    expect(readTraining(cells('!python x.py --lr 3'), 'c0').arguments).toBeNull();
  });

  it('reads a script that the notebook writes', () => {
    const script =
      '%%writefile scripts/train.py\nfrom transformers import Trainer, TrainingArguments\nt = Trainer(args=TrainingArguments("inside", save_steps=20))\nt.train()\n';
    const notebook = cells('!mkdir scripts', script, '!cd scripts && python ./train.py');
    const read = readTraining(notebook, 'c2');
    expect(read.arguments?.outputDir).toEqual({ kind: 'known', value: 'inside', cellId: 'c2' });
    expect(read.arguments?.saveSteps).toMatchObject({ value: 20 });
    expect(read.script?.directory).toBe('scripts');
    if (read.script === null) throw new Error('no script');
    expect(writtenScript(notebook, read.script)).toBe(script.slice(script.indexOf('\n') + 1));
  });
});
