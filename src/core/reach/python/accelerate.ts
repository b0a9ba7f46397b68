/** A loop of the user's own with an Accelerator: `save_state`, at the end of a step that really was one. */
export const ACCELERATE = String.raw`
class AccelerateRun(SteppedRun):
    framework = "accelerate"

    def __init__(self, accelerator):
        self.accelerator = accelerator

    @classmethod
    def find(cls, frames):
        kind = getattr(sys.modules.get("accelerate.accelerator"), "Accelerator", None)
        state = getattr(sys.modules.get("accelerate.state"), "PartialState", None)
        if kind is None or not getattr(state, "_shared_state", None):
            return None
        for found in (named_in(frames, kind), living(kind)):
            for each in found:
                if getattr(each, "_optimizers", None):
                    return cls(each)
        return None

    def same(self, other):
        return other is not None and other.framework == self.framework and other.accelerator is self.accelerator

    def steps_with(self, optimizer):
        return any(getattr(each, "optimizer", each) is optimizer for each in self.accelerator._optimizers)

    def save(self, job, optimizer, steps, frame):
        accelerator = self.accelerator
        folder = job.folder or accelerator.project_dir or os.getcwd()
        weights = [each for model in accelerator._models for each in model.state_dict().values() if hasattr(each, "numel")]
        optimizers = [getattr(each, "optimizer", each) for each in accelerator._optimizers]
        need_room(folder, tensor_bytes(weights) + optimizer_bytes(optimizers))
        naming = accelerator.project_configuration
        automatic = naming.automatic_checkpoint_naming
        # Named by itself, it would take older ones away to make room.
        naming.automatic_checkpoint_naming = False
        try:
            return write_whole(folder, "step_%d" % steps, "", accelerator.save_state)
        finally:
            naming.automatic_checkpoint_naming = automatic
`;
