/**
 * Between two steps of a loop that nobody but its user knows: PyTorch's global hook after `optimizer.step()`, on the thread that
 * trains. A learning rate schedule that moves at each step does so just after, so that the save waits for it.
 */
export const STEP_HOOK = String.raw`
class HooksAndOurs:
    """
    The user's own global hooks, and ours behind them. PyTorch walks through the dictionary while it calls them: one more
    or less in it, and the walk ends in an error in the middle of the training. So it stays untouched, and is stood in for.
    """

    def __init__(self, theirs):
        self.theirs = theirs
        self.ours = []

    def values(self):
        return list(self.theirs.values()) + list(self.ours)

    def __getattr__(self, name):
        return getattr(self.theirs, name)

    def __setitem__(self, key, value):
        self.theirs[key] = value

    def __delitem__(self, key):
        del self.theirs[key]

    def __contains__(self, key):
        return key in self.theirs

    def __iter__(self):
        return iter(self.theirs)

    def __len__(self):
        return len(self.theirs) + len(self.ours)


# Whoever registers a hook while ours is there holds this one weakly, and takes his away through it.
stood_in = []


def add_hook(hook):
    module = sys.modules["torch.optim.optimizer"]
    hooks = getattr(module, "_global_optimizer_post_hooks", None)
    if hooks is None:
        raise Refused("too-old", "PyTorch %s" % sys.modules["torch"].__version__)
    if not isinstance(hooks, HooksAndOurs):
        hooks = HooksAndOurs(hooks)
        stood_in.append(hooks)
        hooks.ours = [hook]
        module._global_optimizer_post_hooks = hooks
    else:
        hooks.ours = hooks.ours + [hook]


def remove_hook(hook):
    module = sys.modules["torch.optim.optimizer"]
    hooks = module._global_optimizer_post_hooks
    if isinstance(hooks, HooksAndOurs):
        hooks.ours = [each for each in hooks.ours if each is not hook]
        if not hooks.ours:
            module._global_optimizer_post_hooks = hooks.theirs


def steps_of(optimizer):
    """How often it stepped, by its own count; None where it keeps none, as plain SGD does."""
    for state in list(optimizer.state.values()):
        step = state.get("step") if isinstance(state, dict) else None
        return None if step is None else int(step)
    return None


def living(kinds):
    """All objects of these types. By type alone: to ask an unknown object what it is can run its code."""
    import gc
    return [each for each in gc.get_objects() if issubclass(type(each), kinds)]


def named_in(frames, kinds):
    """Those of these types that the frames have names for, or that lie in an object named self. Far cheaper than all that live."""
    for frame in frames:
        for name, value in list(frame.f_locals.items()):
            if issubclass(type(value), kinds):
                yield value
            elif name == "self" and isinstance(getattr(value, "__dict__", None), dict):
                for inner in list(value.__dict__.values()):
                    if issubclass(type(inner), kinds):
                        yield inner


def scheduler_kinds():
    module = sys.modules.get("torch.optim.lr_scheduler")
    return tuple(getattr(module, name) for name in ("_LRScheduler", "LRScheduler", "ReduceLROnPlateau") if hasattr(module, name))


def schedulers_of(optimizers, found=None):
    kinds = scheduler_kinds()
    found = [each for each in (living(kinds) if found is None else found) if issubclass(type(each), kinds)
             and any(getattr(each, "optimizer", None) is optimizer for optimizer in optimizers)]
    inner = [id(each) for outer in found for each in getattr(outer, "_schedulers", ())]
    return [each for each in found if id(each) not in inner]


class StepBoundary:
    """Asks at the end of each step, and saves once it is over: after the schedules that follow each step, too."""

    def __init__(self, job, is_ours, save):
        self.job = job
        self.is_ours = is_ours
        self.save = save
        self.steps = None
        self.counted = {}
        self.waiting = None

    def hook(self, optimizer, args, kwargs):
        job = self.job
        try:
            if not self.is_ours(optimizer):
                return
            # Its own count is asked for once: on a graphics card the answer has to be waited for.
            self.steps = (steps_of(optimizer) or 1) if self.steps is None else self.steps + 1
            if self.waiting is not None:
                self.let_go()
                self.over(optimizer)
            elif job.due(self.steps):
                behind = self.behind(optimizer)
                if behind == []:
                    self.over(optimizer)
                elif behind is not None:
                    self.wait_for(behind[-1], optimizer)
        except Exception as error:
            job.failed("raised", "%s: %s" % (type(error).__name__, error))
            job.quietly_disarm()

    def over(self, optimizer):
        self.counted = {}
        frame = self.frame()
        steps = self.steps
        self.job.attempt(steps, lambda: self.save(optimizer, steps, frame))
        self.job.after()

    def behind(self, optimizer):
        """Schedules that have yet to follow this step; None: they have to be watched for one step more."""
        schedulers = schedulers_of([optimizer])
        steps = steps_of(optimizer)
        if steps is not None:
            return [each for each in schedulers if getattr(each, "_step_count", None) == steps]
        counts = {id(each): getattr(each, "_step_count", None) for each in schedulers}
        before, self.counted = self.counted, counts
        if schedulers and not before:
            return None
        return [each for each in schedulers
                if before.get(id(each)) is not None and counts[id(each)] == before[id(each)] + 1]

    def wait_for(self, scheduler, optimizer):
        own = scheduler.step
        self.waiting = (scheduler, scheduler.__dict__.get("step"))

        def step(*args, **kwargs):
            self.let_go()
            result = own(*args, **kwargs)
            try:
                if self.job.armed:
                    self.over(optimizer)
            except Exception as error:
                self.job.failed("raised", "%s: %s" % (type(error).__name__, error))
                self.job.quietly_disarm()
            return result

        # In its own dictionary, which is what it saves: taken out again before that.
        scheduler.__dict__["step"] = step

    def let_go(self):
        if self.waiting is not None:
            scheduler, own = self.waiting
            self.waiting = None
            if own is None:
                scheduler.__dict__.pop("step", None)
            else:
                scheduler.__dict__["step"] = own

    def frame(self):
        """The user's code that steps: the first frame outside of us and of the libraries."""
        frame = sys._getframe(1)
        while frame is not None:
            name = frame.f_code.co_filename
            if name != SOURCE_NAME and "site-packages" not in name and "contextlib" not in name:
                return frame
            frame = frame.f_back
        return None


class SteppedRun:
    """What saves at the end of a step of an optimizer."""

    can_stop = False

    def arm(self, job):
        boundary = StepBoundary(job, self.steps_with, lambda optimizer, steps, frame: self.save(job, optimizer, steps, frame))
        hook = boundary.hook
        self.mine = getattr(self, "mine", {})
        self.mine[id(job)] = (boundary, hook)
        add_hook(hook)

    def disarm(self, job):
        boundary, hook = self.mine.pop(id(job))
        remove_hook(hook)
        boundary.let_go()
`;
