import { expect, test } from './fixtures.ts';
import { code, notebook } from './notebooks/notebook.ts';

const book = notebook(
  code('first', "print('from a real kernel')"),
  code('second', 'import os\nprint(os.getpid())'),
);

const places = [
  { name: 'JupyterLab', options: { frontEnd: 'lab', auth: 'token' } },
  {
    name: 'JupyterLab behind a base URL',
    options: { frontEnd: 'lab', auth: 'token', baseUrl: '/user/ada/' },
  },
  { name: 'JupyterLab with a password', options: { frontEnd: 'lab', auth: 'password' } },
  { name: 'Notebook 7', options: { frontEnd: 'notebook', auth: 'token' } },
  {
    name: 'Notebook 7 with a password behind a base URL',
    options: { frontEnd: 'notebook', auth: 'password', baseUrl: '/user/ada/' },
  },
] as const;

for (const { name, options } of places) {
  test(`${name}: a cell runs, the kernel is killed and comes back`, { tag: '@long' }, async ({ open }) => {
    const story = await open(book, options);
    await story.run(0);
    await expect(story.output(0)).toHaveText('from a real kernel');
    await story.runAllAbove(1);
    await story.run(1);
    const firstProcess = await story.output(1).innerText();

    const kernel = await story.kernelId();
    await story.server.killKernel(kernel);
    await story.dismissKernelRestarting();
    await story.run(1);
    await expect(story.output(1)).not.toHaveText(firstProcess);
    expect(await story.kernelId(), 'the kernel keeps its id').toBe(kernel);

    const saved = await story.save();
    expect(saved.map(({ id }) => id)).toEqual(['first', 'second']);
  });
}

test('a server that is killed comes back on its port with its password', async ({ startServer }) => {
  const server = await startServer({ auth: 'password' });
  await server.kill9();
  await expect(server.rest.kernels()).rejects.toThrow();
  await server.restart();
  expect(await server.rest.kernels()).toEqual([]);
});
