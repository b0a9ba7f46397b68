/** What both loops share: a step's time is that of its own thread, so that what else the machine does is not in it. */
const shared = String.raw`
import json, os, statistics, time, torch
os.chdir(ROOT)
torch.set_num_threads(1)
steps = []
def step_over(begun):
    steps.append((time.time(), time.thread_time() - begun))
    return time.thread_time()
def blocks(marks):
    spans = list(zip(marks[::2], marks[1::2]))
    return json.dumps([statistics.median(cost for at, cost in steps if a <= at <= b) for a, b in spans])
`;

/** 6 MB of weights, and twice that of AdamW's. */
export const PYTORCH_LOOP = String.raw`${shared}
def build():
    net = torch.nn.Sequential(torch.nn.Linear(512, 2048), torch.nn.ReLU(), torch.nn.Linear(2048, 256))
    optimizer = torch.optim.AdamW(net.parameters())
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10**6)
    return net, optimizer, schedule
def one_step(net, optimizer, schedule):
    loss = net(torch.randn(32, 512)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
def own_saves(folder, count):
    state = build()
    took = []
    for step in range(count):
        one_step(*state)
        begun = time.perf_counter()
        path = os.path.join(folder, "own-%d" % step)
        torch.save({"model": state[0].state_dict(), "optimizer": state[1].state_dict(), "schedule": state[2].state_dict()}, path + ".part")
        with open(path + ".part", "rb") as written:
            os.fsync(written.fileno())
        os.rename(path + ".part", path)
        took.append((time.perf_counter() - begun) * 1000)
    return json.dumps(took)
def train(folder):
    state = build()
    begun = time.thread_time()
    try:
        while True:
            one_step(*state)
            begun = step_over(begun)
            if len(steps) == 5:
                print("it trains")
    except KeyboardInterrupt:
        pass
`;

/** A Llama of two layers from a config, as small as a notebook's first try. */
export const TRAINER_LOOP = String.raw`${shared}
import transformers, warnings
warnings.filterwarnings("ignore")
transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
class Steps(transformers.TrainerCallback):
    begun = None
    def on_step_end(self, args, state, control, **kwargs):
        self.begun = step_over(time.thread_time() if self.begun is None else self.begun)
        if len(steps) == 5:
            print("it trains")
class Own(transformers.TrainerCallback):
    def on_step_end(self, args, state, control, **kwargs):
        control.should_save = True
def trainer_in(folder, steps, callback):
    torch.manual_seed(1)
    config = transformers.LlamaConfig(hidden_size=128, intermediate_size=512, num_hidden_layers=2, num_attention_heads=4, vocab_size=1024)
    rows = torch.randint(0, 1024, (256, 32)).tolist()
    args = transformers.TrainingArguments(output_dir=folder, max_steps=steps, per_device_train_batch_size=4, save_strategy="no",
                                          report_to=[], disable_tqdm=True, use_cpu=True, logging_steps=10**9)
    return transformers.Trainer(model=transformers.LlamaForCausalLM(config), args=args, callbacks=[callback],
                                train_dataset=[{"input_ids": row, "labels": row} for row in rows])
def own_saves(folder, count):
    trainer = trainer_in(os.path.join(folder, "own"), count, Own())
    took = []
    save = trainer._save_checkpoint
    def timed(*args, **kwargs):
        begun = time.perf_counter()
        save(*args, **kwargs)
        took.append((time.perf_counter() - begun) * 1000)
    trainer._save_checkpoint = timed
    trainer.train()
    return json.dumps(took)
def train(folder):
    try:
        trainer_in(folder, 10**7, Steps()).train()
    except KeyboardInterrupt:
        pass
`;
