import { describe, expect, it } from 'vitest';
import { createLogScanner } from './scanner.ts';
import { createWidgetBars, type WidgetBars } from './widget-bars.ts';

const open = (id: string, state: object) => ({ comm_id: id, target_name: 'jupyter.widget', data: { state } });
const update = (id: string, value: unknown) => ({
  comm_id: id,
  data: { method: 'update', state: { value } },
});

/** As tqdm 4.67 makes a bar. */
const makeBar = (bars: WidgetBars, name = ''): void => {
  bars.take(open(`${name}left`, { _model_name: 'HTMLModel', value: '' }));
  bars.take(open(`${name}right`, { _model_name: 'HTMLModel', value: '' }));
  bars.take(open(`${name}bar`, { _model_name: 'FloatProgressModel', value: 0, max: 600 }));
  const children = ['left', 'bar', 'right'].map((part) => `IPY_MODEL_${name}${part}`);
  expect(bars.take(open(`${name}box`, { _model_name: 'HBoxModel', children }))).toBeNull();
};

describe('a bar of widgets', () => {
  it('says what the bar of a terminal says', () => {
    const bars = createWidgetBars();
    makeBar(bars);
    expect(bars.take(update('bar', 451))).toBeNull();
    expect(bars.take(update('left', 'Training:\u2007\u200775%'))).toBeNull();
    const drawn = bars.take(
      update('right', '\u2007451/600\u2007[01:02&lt;00:20,\u2007\u20077.25it/s,\u2007loss=0.5]'),
    );
    expect(drawn).toEqual({
      id: 'right',
      text: 'Training:  75% 451/600 [01:02<00:20,  7.25it/s, loss=0.5]',
    });
    expect(createLogScanner().push(drawn?.text ?? '')).toMatchObject([
      { kind: 'progress', step: 451, total: 600, loss: 0.5 },
    ]);
  });

  it('is one of several', () => {
    const bars = createWidgetBars();
    makeBar(bars, 'a');
    makeBar(bars, 'b');
    bars.take(update('aleft', 'Epoch\u20071:\u20075%'));
    bars.take(update('bleft', '9%'));
    expect(bars.take(update('aright', '\u20071/20'))).toEqual({ id: 'aright', text: 'Epoch 1: 5% 1/20' });
    expect(bars.take(update('bright', '\u20079/100'))).toEqual({ id: 'bright', text: '9% 9/100' });
  });
});

it.each([
  [{}],
  [{ comm_id: 1, data: { state: { value: 'x' } } }],
  [{ comm_id: 'a', data: null }],
  [{ comm_id: 'a', data: { state: null } }],
  [{ comm_id: 'a', data: { state: { value: 'a slider, or what nobody has seen made' } } }],
  [{ comm_id: 'a', data: { state: { children: ['IPY_MODEL_x', 3, {}] } } }],
  [{ comm_id: 'a', data: { state: { children: ['IPY_MODEL_x', 'IPY_MODEL_y', 'IPY_MODEL_z'] } } }],
])('is none: %j', (content) => {
  expect(createWidgetBars().take(content)).toBeNull();
});

it('remembers no more than it must', () => {
  const bars = createWidgetBars();
  makeBar(bars);
  for (let i = 0; i < 300; i += 1)
    bars.take(open(`other ${i}`, { _model_name: 'HTMLModel', value: 'x'.repeat(9000) }));
  expect(bars.take(update('right', 'forgotten'))).toBeNull();
});
