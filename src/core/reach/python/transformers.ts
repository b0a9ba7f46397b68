/**
 * The Hugging Face Trainer (Transformers 4.30 to 5.23) and all that inherit it. It saves as it always does, only at a step of our
 * own: `_save_checkpoint` in a callback, where an error can be caught; `control.should_save` would end the training with it.
 */
export const TRANSFORMERS = String.raw`
class TransformersRun(CallbackRun):
    framework = "transformers"

    def __init__(self, trainer):
        super().__init__(trainer.callback_handler)
        self.trainer = trainer

    @classmethod
    def find(cls, frames):
        kind = getattr(sys.modules.get("transformers.trainer"), "Trainer", None)
        for frame in frames if kind is not None else ():
            if "train" in frame.f_code.co_name:
                owner = frame.f_locals.get("self")
                if isinstance(owner, kind):
                    return cls(owner)
        return None

    def callback(self, job):
        base = sys.modules["transformers.trainer_callback"].TrainerCallback
        run = self

        class HoldfastSave(base):
            joined = None

            def on_train_begin(self, args, state, control, **kwargs):
                job.begins_anew()

            def on_step_end(self, args, state, control, **kwargs):
                try:
                    if not job.due(state.global_step):
                        return
                    if control.should_save:
                        self.joined = state.global_step
                        return
                    if job.attempt(state.global_step, lambda: run.save(args, state, control, kwargs.get("model"))):
                        run.saved(job, args, state, control)
                    job.after()
                except Exception as error:
                    job.failed("raised", "%s: %s" % (type(error).__name__, error))
                    job.quietly_disarm()

            def on_save(self, args, state, control, **kwargs):
                try:
                    if self.joined != state.global_step or not job.armed:
                        return
                    self.joined = None
                    path = run.path(state.global_step)
                    if job.attempt(state.global_step, lambda: path) and job.stop:
                        control.should_training_stop = True
                    # Its own: the Trainer made it and the Trainer takes it away.
                    job.made = [each for each in job.made if each != path]
                    job.after()
                except Exception as error:
                    job.failed("raised", "%s: %s" % (type(error).__name__, error))
                    job.quietly_disarm()

        return HoldfastSave()

    def path(self, step):
        return os.path.join(self.trainer._get_output_dir(trial=None), "checkpoint-%d" % step)

    def save(self, args, state, control, model):
        path = self.path(state.global_step)
        if os.path.lexists(path):
            return None  # Of a run before: the next step has a free name.
        folder = os.path.dirname(path)
        need_room(folder, self.needed(folder))
        # Nothing of the user's is rotated away for ours, and all of it is there to go on from.
        kept = {name: getattr(args, name) for name in ("save_total_limit", "save_only_model", "push_to_hub")
                if hasattr(args, name)}
        try:
            for name in kept:
                object.__setattr__(args, name, None if name == "save_total_limit" else False)
            self.trainer._save_checkpoint(model if model is not None else self.trainer.model, None)
        except BaseException:
            remove(path)
            raise
        finally:
            for name, value in kept.items():
                object.__setattr__(args, name, value)
        return path

    def saved(self, job, args, state, control):
        if job.stop:
            control.should_training_stop = True
        should_save = control.should_save
        # Others wait for it: PEFT's and the user's own callbacks add their files.
        self.trainer.callback_handler.on_save(args, state, control)
        control.should_save = should_save

    def needed(self, folder):
        """As much as the newest took, or what the weights that are trained and their optimizer hold."""
        older = [os.path.join(folder, name) for name in os.listdir(folder) if name.startswith("checkpoint-")]
        older = sorted((each for each in older if os.path.isdir(each)), key=os.path.getmtime)
        if older:
            return bytes_of(older[-1])
        model = self.trainer.model
        weights = [each for each in model.parameters()
                   if each.requires_grad or not hasattr(model, "peft_config")]
        optimizer = self.trainer.optimizer
        optimizers = [getattr(optimizer, "optimizer", optimizer)] if optimizer is not None else []
        return tensor_bytes(weights) + optimizer_bytes(optimizers)
`;
