/**
 * Trainings for the tests of reaching in: each defines `run(out, resume=None)`, with every name hidden inside of it, which shows
 * `step 5` on its way and returns the hash of its last weights. `resume` is a path, for the plain loop the cell that resumes. `ROOT` becomes the folder of the test.
 */
const base = String.raw`
import os
os.chdir(ROOT)
import hashlib, random, time
import numpy, torch
torch.set_num_threads(1)
STEPS = 100
def digest(state):
    hashed = hashlib.sha256()
    for name in sorted(state):
        hashed.update(name.encode() + state[name].detach().cpu().contiguous().numpy().tobytes())
    return hashed.hexdigest()
def pause(step):
    if step == 5:
        print("step 5")
    time.sleep(0.01)
`;

export const TRANSFORMERS_TRAINING = String.raw`${base}
import warnings, transformers
warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()
def run(out, resume=None, more=(), steps=STEPS, **given):
    class Slow(transformers.TrainerCallback):
        def on_step_end(self, args, state, control, **kwargs):
            pause(state.global_step)
    transformers.set_seed(3)
    config = transformers.GPT2Config(n_layer=1, n_head=2, n_embd=16, vocab_size=64, n_positions=16, bos_token_id=0, eos_token_id=0)
    model = transformers.GPT2LMHeadModel(config)
    rows = torch.randint(0, 64, (64, 8), generator=torch.Generator().manual_seed(1)).tolist()
    settings = dict(output_dir=out, max_steps=steps, per_device_train_batch_size=4, save_strategy="no", logging_steps=10,
                    report_to=[], disable_tqdm=True, use_cpu=True, seed=3, learning_rate=1e-3)
    settings.update(given)
    trainer = transformers.Trainer(model=model, args=transformers.TrainingArguments(**settings), callbacks=[Slow(), *more],
                                   train_dataset=[{"input_ids": row, "labels": row} for row in rows])
    trainer.train(resume_from_checkpoint=resume)
    assert type(trainer.callback_handler.callbacks[-1]).__name__ != "HoldfastSave" or given.get("kept")
    return digest(model.state_dict())
`;

export const PYTORCH_TRAINING = String.raw`${base}
import copy
def run(out, resume=None):
    def train():
        random.seed(1); numpy.random.seed(1); torch.manual_seed(1)
        net = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.Dropout(0.2), torch.nn.Linear(16, 1))
        average = copy.deepcopy(net)
        optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
        begin = 0
        if resume is not None:
            known = dict(locals())
            exec(resume, globals(), known)
            begin = known["holdfast_saved"]["step"]
        for step in range(begin, STEPS):
            x = torch.randn(16, 8) + random.random() + float(numpy.random.rand())
            loss = (net(x) - x.sum(1, keepdim=True)).pow(2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for old, new in zip(average.parameters(), net.parameters()):
                    old.mul_(0.9).add_(new, alpha=0.1)
            pause(step)
        return net
    return digest(train().state_dict())
`;

export const ACCELERATE_TRAINING = String.raw`${base}
import accelerate
def run(out, resume=None):
    accelerate.utils.set_seed(1)
    accelerator = accelerate.Accelerator(cpu=True, project_dir=out, gradient_accumulation_steps=2)
    net = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.Dropout(0.2), torch.nn.Linear(16, 1))
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    net, optimizer, schedule = accelerator.prepare(net, optimizer, schedule)
    begin = 0
    if resume is not None:
        accelerator.load_state(resume)
        begin = int(resume.rsplit("_", 1)[1])
    for step in range(begin * 2, STEPS * 2):
        with accelerator.accumulate(net):
            x = torch.randn(16, 8)
            loss = (net(x) - x.sum(1, keepdim=True)).pow(2).mean()
            accelerator.backward(loss)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        pause(step)
    last = digest(accelerator.unwrap_model(net).state_dict())
    accelerator.free_memory()
    return last
`;

export const LIGHTNING_TRAINING = String.raw`${base}
import logging, warnings
warnings.filterwarnings("ignore")
import lightning as L
for name in ("lightning.pytorch", "lightning.fabric"):
    logging.getLogger(name).setLevel(logging.ERROR)
class Net(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1))
    def training_step(self, batch, index):
        pause(self.global_step)
        return (self.layers(batch) - batch.sum(1, keepdim=True)).pow(2).mean()
    def configure_optimizers(self):
        optimizer = torch.optim.AdamW(self.parameters(), lr=0.01)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": schedule, "interval": "step"}}
def run(out, resume=None):
    L.seed_everything(1, verbose=False)
    rows = torch.randn(4, 8, generator=torch.Generator().manual_seed(2)).repeat(50, 1)
    trainer = L.Trainer(max_steps=STEPS, default_root_dir=out, enable_checkpointing=False, logger=False, accelerator="cpu",
                        enable_progress_bar=False, enable_model_summary=False)
    net = Net()
    trainer.fit(net, torch.utils.data.DataLoader(rows, batch_size=4), ckpt_path=resume)
    assert trainer.global_step == STEPS, trainer.global_step
    return digest(net.state_dict())
`;

export const KERAS_TRAINING = String.raw`${base}
os.environ["KERAS_BACKEND"] = "torch"
import keras
class Slow(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        pause(int(self.model.optimizer.iterations))
def run(out, resume=None, callbacks=True):
    os.makedirs(out, exist_ok=True)
    os.chdir(os.path.join(ROOT, out))
    keras.utils.set_random_seed(1)
    rows = numpy.random.default_rng(1).normal(size=(4, 8)).astype("float32")
    if resume is None:
        model = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(16, "tanh"), keras.layers.Dense(1)])
        model.compile(keras.optimizers.Adam(0.01), "mse")
    else:
        model = keras.models.load_model(os.path.join(ROOT, resume))
    left = STEPS - int(model.optimizer.iterations)
    x = numpy.tile(rows, (left, 1))
    model.fit(x, x.sum(1, keepdims=True), batch_size=4, shuffle=False, verbose=0, callbacks=[Slow()])
    os.chdir(ROOT)
    return hashlib.sha256(b"".join(numpy.ascontiguousarray(each).tobytes() for each in model.get_weights())).hexdigest()
`;
