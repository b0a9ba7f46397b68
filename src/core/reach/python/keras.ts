/** Keras 3 on any backend, and tf.keras 2: `model.save` at the end of a batch, through the list of callbacks of `Model.fit`. */
export const KERAS = String.raw`
class KerasRun(CallbackRun):
    framework = "keras"

    def __init__(self, model, container):
        super().__init__(container)
        self.model = model
        self.container = container

    @classmethod
    def find(cls, frames):
        if "keras" not in sys.modules and "tensorflow" not in sys.modules:
            return None
        for frame in frames:
            if frame.f_code.co_name != "fit":
                continue
            model, container = frame.f_locals.get("self"), frame.f_locals.get("callbacks")
            if hasattr(container, "on_train_batch_end") and hasattr(container, "callbacks") and hasattr(model, "stop_training"):
                return cls(model, container)
        return None

    def make_ready(self):
        container = self.container
        # On a thread of its own it would save while the next batch changes the weights; and old ones leave batches out.
        self.settings = {name: getattr(container, name)
                         for name in ("_async_train", "_should_call_train_batch_hooks", "_batch_hooks_support_tf_logs")
                         if hasattr(container, name)}
        if hasattr(container, "_async_train"):
            container._async_train = False
        if hasattr(container, "_should_call_train_batch_hooks"):
            container._should_call_train_batch_hooks = True

    def put_back(self):
        for name, value in self.settings.items():
            setattr(self.container, name, value)

    def callback(self, job):
        base = type(self.container).__mro__[1]
        if not hasattr(base, "on_train_batch_end"):
            base = sys.modules["keras"].callbacks.Callback
        run = self

        class HoldfastSave(base):
            def on_train_batch_end(self, batch, logs=None):
                try:
                    step = run.step()
                    if not job.due(step):
                        return
                    if job.attempt(step, lambda: run.save(job, step)) and job.stop:
                        run.model.stop_training = True
                    job.after()
                except Exception as error:
                    job.failed("raised", "%s: %s" % (type(error).__name__, error))
                    job.quietly_disarm()

        callback = HoldfastSave()
        callback.set_model(self.model)
        callback.set_params(getattr(self.container, "params", None) or {})
        return callback

    def step(self):
        return int(self.model.optimizer.iterations)

    def save(self, job, step):
        model = self.model
        if hasattr(model, "jax_state_sync"):
            model.jax_state_sync()  # On JAX the weights of an epoch live outside of the model until then.
        variables = list(model.variables) + list(getattr(model.optimizer, "variables", None) or [])
        folder = job.folder or self.folder()
        need_room(folder, sum((8 if "64" in str(each.dtype) else 4) * count_of(each.shape) for each in variables))
        return write_whole(folder, "checkpoint-step-%d" % step, ".keras", model.save)

    def folder(self):
        for callback in self.container.callbacks:
            path = getattr(callback, "filepath", None)
            if isinstance(path, str) and os.path.dirname(path):
                return os.path.dirname(path)
        return os.getcwd()


def count_of(shape):
    count = 1
    for length in shape:
        count *= int(length or 1)
    return count
`;
