/** Lightning's Trainer (lightning and pytorch_lightning 2): `save_checkpoint` where its own ModelCheckpoint calls it. */
export const LIGHTNING = String.raw`
class LightningRun(CallbackRun):
    framework = "lightning"

    def __init__(self, trainer):
        super().__init__(trainer)
        self.trainer = trainer

    @classmethod
    def find(cls, frames):
        kinds = tuple(getattr(sys.modules[name], "Trainer") for name in
                      ("lightning.pytorch.trainer.trainer", "pytorch_lightning.trainer.trainer")
                      if hasattr(sys.modules.get(name), "Trainer"))
        for frame in frames if kinds else ():
            if "fit" in frame.f_code.co_name:
                owner = frame.f_locals.get("self")
                if isinstance(owner, kinds):
                    return cls(owner)
        return None

    def callback(self, job):
        package = type(self.trainer).__mro__[-2].__module__.split(".trainer.")[0]
        for kind in type(self.trainer).__mro__:
            if kind.__name__ == "Trainer" and kind.__module__.endswith(".trainer.trainer"):
                package = kind.__module__[: -len(".trainer.trainer")]
        base = sys.modules[package + ".callbacks.callback"].Callback
        run = self

        class HoldfastSave(base):
            def on_fit_start(self, trainer, pl_module):
                job.begins_anew()

            def on_train_batch_end(self, trainer, pl_module, outputs, batch, batch_idx):
                try:
                    if not run.at_step(batch_idx) or not job.due(trainer.global_step):
                        return
                    if job.attempt(trainer.global_step, lambda: run.save(job)) and job.stop:
                        trainer.should_stop = True
                    job.after()
                except Exception as error:
                    job.failed("raised", "%s: %s" % (type(error).__name__, error))
                    job.quietly_disarm()

        return HoldfastSave()

    def at_step(self, batch_idx):
        """Not between two batches of one step: their gradients would be lost."""
        gathered = getattr(self.trainer, "accumulate_grad_batches", 1) or 1
        return (batch_idx + 1) % gathered == 0 or batch_idx + 1 == self.trainer.num_training_batches

    def save(self, job):
        trainer = self.trainer
        model = trainer.lightning_module
        folder = job.folder or self.folder()
        weights = list(model.parameters()) + list(model.buffers())
        optimizers = [getattr(each, "optimizer", each) for each in trainer.optimizers]
        need_room(folder, tensor_bytes(weights) + optimizer_bytes(optimizers))
        stem = "epoch=%d-step=%d" % (trainer.current_epoch, trainer.global_step)
        return write_whole(folder, stem, ".ckpt", trainer.save_checkpoint)

    def folder(self):
        """Where its own go, as far as it has any."""
        keeper = self.trainer.checkpoint_callback
        directory = getattr(keeper, "dirpath", None)
        if directory:
            return directory
        return os.path.join(self.trainer.log_dir or self.trainer.default_root_dir, "checkpoints")
`;
