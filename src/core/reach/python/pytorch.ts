/**
 * A loop that its user wrote. What steps names the optimizer; the models are those that own its parameters; all that a
 * run goes on from is written into one file of our own, which `torch.load(…, weights_only=True)` opens.
 */
export const PYTORCH = String.raw`
class PyTorchRun(SteppedRun):
    framework = "pytorch"

    @classmethod
    def find(cls, frames):
        module = sys.modules.get("torch.optim.optimizer")
        if module is None or not frames:
            return None
        kind = module.Optimizer
        return cls() if next(iter(named_in(frames, kind)), None) is not None or living(kind) else None

    def same(self, other):
        return other is not None and other.framework == self.framework

    def steps_with(self, optimizer):
        return True

    def save(self, job, optimizer, steps, frame):
        torch = sys.modules["torch"]
        alive = living((sys.modules["torch.optim.optimizer"].Optimizer, module_kind()) + scheduler_kinds() + scaler_kinds())
        optimizers = [each for each in alive if hasattr(each, "param_groups") and (each is optimizer or each.state)]
        modules = [each for each in alive if issubclass(type(each), module_kind())]
        models, others = models_of(optimizers, modules, frame)
        if not models:
            raise Refused("no-model")
        names = Names(frame, modules)
        scalers = [each for each in alive if issubclass(type(each), scaler_kinds()) and each.is_enabled()]
        parts = {
            "models": names.of(models, "model"),
            "optimizers": names.of(optimizers, "optimizer"),
            "schedulers": names.of(schedulers_of(optimizers, alive), "scheduler"),
            "scalers": names.of(scalers, "scaler"),
            "others": names.of(others, "other"),
        }
        content = {kind: {name: each.state_dict() for name, each in found.items()} for kind, found in parts.items()}
        content.update(format="holdfast 1", step=steps, numbers=numbers_in(frame), random=random_states())
        folder = job.folder or os.path.join(os.getcwd(), "holdfast-checkpoints")
        weights = [value for kind in ("models", "others") for state in content[kind].values()
                   for value in state.values() if isinstance(value, torch.Tensor)]
        need_room(folder, tensor_bytes(weights) + optimizer_bytes(optimizers))
        path = write_whole(folder, "checkpoint-step-%d" % steps, ".pt", lambda part: torch.save(content, part))
        job.names = {kind: list(found) for kind, found in parts.items() if found}
        return path


def unwrapped(model):
    """The user's own model: compiled ones and those on several cards call it by a name of theirs."""
    while type(model).__name__ in ("OptimizedModule", "DataParallel", "DistributedDataParallel"):
        inner = getattr(model, "_orig_mod", None)
        model = inner if inner is not None else model.module
    return model


def module_kind():
    return sys.modules["torch.nn.modules.module"].Module


def scaler_kinds():
    kinds = [getattr(sys.modules.get(name), "GradScaler", None) for name in ("torch.amp.grad_scaler", "torch.cuda.amp.grad_scaler")]
    return tuple(kind for kind in kinds if kind is not None)


def models_of(optimizers, modules, frame):
    """The top-most models with parameters of these optimizers, and those beside them that look the same, as averages do."""
    owned = {id(each) for optimizer in optimizers for group in optimizer.param_groups for each in group["params"]}
    owning = [each for each in modules if any(id(param) in owned for param in each.parameters())]
    children = {id(child) for each in owning for child in each._modules.values() if child is not None}
    models = []
    for each in owning:
        model = unwrapped(each)
        if id(each) not in children and not any(model is known for known in models):
            models.append(model)
    shapes = [set(each.state_dict()) for each in models]
    known = {id(each) for each in models}
    others = []
    for value in near(frame):
        if issubclass(type(value), module_kind()) and id(value) not in known and not any(value is each for each in owning):
            keys = set(unwrapped_average(value).state_dict())
            if keys in shapes:
                known.add(id(value))
                others.append(value)
    return models, others


def unwrapped_average(model):
    return model.module if type(model).__name__ == "AveragedModel" else model


def near(frame):
    """What the running code has names for, from the inside out."""
    while frame is not None:
        for value in list(frame.f_locals.values()):
            yield value
        frame = frame.f_back


class Names:
    """By which name the running code knows an object; where by none, a word and a number."""

    def __init__(self, frame, modules):
        self.modules = modules
        self.known = {}
        while frame is not None:
            for name, value in list(frame.f_locals.items()):
                if name.isidentifier() and not name.startswith("_"):
                    self.known.setdefault(id(value), name)
                if name == "self" and hasattr(value, "__dict__"):
                    for inner, each in list(vars(value).items()):
                        self.known.setdefault(id(each), "self." + inner)
                    for inner, each in list(vars(value).get("_modules", {}).items()):
                        self.known.setdefault(id(each), "self." + inner)
            if frame.f_code.co_name == "<module>":
                break
            frame = frame.f_back

    def of(self, objects, word):
        named = {}
        for each in objects:
            name = self.name(each) or word
            while name in named:
                name = "%s_%d" % (word, len(named) + 1)
            named[name] = each
        return named

    def name(self, each):
        if id(each) in self.known:
            return self.known[id(each)]
        # A compiled model is known by what wraps it.
        for other in self.modules:
            if id(other) in self.known and unwrapped(other) is each:
                return self.known[id(other)]
        return None


def numbers_in(frame):
    """Counters of the loop: where it was, for who writes its beginning."""
    numbers = {}
    for name, value in list(frame.f_locals.items()) if frame is not None else ():
        if type(value) in (int, float) and name.isidentifier() and not name.startswith("_") and len(numbers) < 50:
            numbers[name] = value
    return numbers


def random_states():
    """Read, and not moved: the training goes on with the numbers that it would have had."""
    torch = sys.modules["torch"]
    states = {"torch": torch.get_rng_state()}
    if "random" in sys.modules:
        version, inner, gauss = sys.modules["random"].getstate()
        states["python"] = [version, list(inner), gauss]
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        kind, keys, place, has_gauss, gauss = numpy.random.get_state()
        states["numpy"] = [str(kind), [int(key) for key in keys], int(place), int(has_gauss), float(gauss)]
    if torch.cuda.is_available() and torch.cuda.is_initialized():
        states["cuda"] = torch.cuda.get_rng_state_all()
    return states
`;
