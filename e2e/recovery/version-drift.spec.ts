import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../fixtures.ts';
import { venvPython } from '../jupyter/python-environment.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { code, indexOf } from '../notebooks/notebook.ts';
import { kill, reach, train } from '../training.ts';

/** Two wheels of a package that holds nothing but its name and version. */
const WHEELS = `
import zipfile
for version in ("0.12.1", "0.13.0"):
    info = f"trl-{version}.dist-info"
    with zipfile.ZipFile(f"trl-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: trl\\nVersion: {version}\\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
`;
const install = code(
  'install',
  'version = open("version.txt").read()\n%pip install --no-index --find-links wheels --no-deps --upgrade --target packages trl=={version}',
);
/** What the next version is to have changed: all parameters in one group, where the saved optimizer has two. */
const optimizer = code(
  'optimizer',
  'if version != "0.12.1":\n    trainer.optimizer = torch.optim.AdamW([each for each in model.parameters() if each.requires_grad])',
);

const plain = loraStory({ maxSteps: 150, saveSteps: 75, pause: 0.1 });
const before = indexOf(plain, 'train');
const story = {
  ...plain,
  cells: plain.cells.toSpliced(before, 0, optimizer).toSpliced(1, 0, install),
};

test(
  'another version that a setup cell installs is named when the run does not go on, with the line that undoes it',
  { tag: '@long' },
  async ({ open, folder, browserWithExtension }, testInfo) => {
    await mkdir(join(folder, 'wheels'));
    await promisify(execFile)(venvPython(), ['-c', WHEELS], { cwd: join(folder, 'wheels') });
    await writeFile(join(folder, 'version.txt'), '0.12.1');
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await popup.says(/^Safe up to step 75$/, { timeoutMs: 60_000 });
    await reach(notebook, 80);
    await notebook.save();
    await kill(notebook, popup);
    await writeFile(join(folder, 'version.txt'), '0.13.0');
    await popup.press(/^Run setup and resume/);
    await popup.says(/^The training did not start again$/, { timeoutMs: 120_000 });
    await expect(popup.page.getByText(/^ValueError: loaded state dict/)).toBeVisible();
    await expect(
      popup.page.getByText(
        /^trl was 0\.12\.1 when the checkpoint was saved, and is 0\.13\.0 now\..*%pip install trl==0\.12\.1$/,
      ),
    ).toBeVisible();
    await testInfo.attach('said.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
  },
);
