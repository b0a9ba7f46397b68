/**
 * What is remembered in the kernel between two visits, and what any framework's saving shares: one job at a time, its end told to
 * whoever asks next, and an error that never leaves the hook it came up in.
 */
export const RECORD = String.raw`
import errno
import json
import os
import shutil
import sys
import threading
import time

SOURCE_NAME = "<holdfast>"
lock = threading.RLock()
jobs = {"once": None, "every": None}


class Refused(Exception):
    """A save that is not made, and the code of why."""

    def __init__(self, code, message=""):
        Exception.__init__(self, message)
        self.code = code


class Job:
    """One wish: a save as soon as the training can be saved, or one every so many steps."""

    def __init__(self, run, wish):
        self.run = run
        self.stop = bool(wish.get("stop"))
        self.every = wish.get("every")
        self.keep = wish.get("keep") or 2
        self.folder = wish.get("folder")
        self.asked_at = time.time()
        self.armed = False
        self.last_step = None
        self.made = []
        self.end = {"kind": "pending", "framework": run.framework}

    def due(self, step):
        """Whether this step is to be saved; unknown steps are counted by who asks."""
        if not self.armed:
            return False
        if self.every is None:
            return True
        if self.last_step is None:
            self.last_step = step
        return step - self.last_step >= self.every

    def arm(self):
        self.armed = True
        try:
            self.run.arm(self)
        except BaseException:
            self.armed = False
            raise

    def disarm(self):
        if self.armed:
            self.armed = False
            self.run.disarm(self)

    def attempt(self, step, save):
        """Runs on the thread that trains. What goes wrong is told at the next visit; the training goes on."""
        try:
            path = save()
            if path is None:
                return False
            self.end = {"kind": "saved", "framework": self.run.framework, "path": os.path.abspath(path),
                        "step": step, "bytes": bytes_of(path), "ms": round((time.time() - self.asked_at) * 1000)}
            self.last_step = step
            self.made.append(path)
            return True
        except Refused as refused:
            self.failed(refused.code, str(refused))
        except Exception as error:
            self.failed(code_of(error), "%s: %s" % (type(error).__name__, error))
        except BaseException:
            self.failed("interrupted", "")
            self.quietly_disarm()
            raise
        self.last_step = step
        return False

    def after(self):
        """The hook is taken away after one use; a repeating one drops what it made before, and nothing else."""
        if self.every is None:
            if self.end["kind"] != "pending":
                self.quietly_disarm()
            return
        while len(self.made) > self.keep:
            oldest = self.made.pop(0)
            try:
                shutil.rmtree(oldest) if os.path.isdir(oldest) else os.remove(oldest)
            except OSError:
                pass

    def failed(self, code, message):
        self.end = {"kind": "failed", "framework": self.run.framework, "code": code, "message": message[:500]}

    def quietly_disarm(self):
        try:
            self.disarm()
        except Exception:
            pass


def code_of(error):
    """What an error means for who waits. PyTorch's writer keeps the disk's own error to itself."""
    seen, writer = error, False
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return "disk-full"
        text = str(seen)
        if "No space left" in text or "File too large" in text or "Disk quota" in text:
            return "disk-full"
        writer = writer or "PytorchStreamWriter" in text or "inline_container.cc" in text
        seen = seen.__cause__ or seen.__context__
    return "not-written" if writer else "raised"


def bytes_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(path) for name in names)


def need_room(folder, needed):
    """Refuses before a byte is written that would not fit: what is there of the disk, with a little for what else is written."""
    os.makedirs(folder, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < needed * 1.05 + 8000000:
        raise Refused("disk-full", "%d bytes are free, %d are needed" % (free, needed))


def remove(path):
    try:
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    except OSError:
        pass


def flush_to_disk(path):
    """A name is given to what lies on the disk, not to what the machine still holds in memory."""
    files = [path] if os.path.isfile(path) else [
        os.path.join(at, name) for at, _, names in os.walk(path) for name in names]
    for file in files:
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(folder, stem, ending, write):
    """Writes under a hidden name and gives it the free one at the end, so that nobody meets half of it."""
    os.makedirs(folder, exist_ok=True)
    part = os.path.join(folder, ".holdfast-%s%s" % (stem, ending))
    remove(part)
    try:
        write(part)
        flush_to_disk(part)
        count = 0
        path = os.path.join(folder, stem + ending)
        while os.path.lexists(path):
            count += 1
            path = os.path.join(folder, "%s-v%d%s" % (stem, count, ending))
        os.rename(part, path)
        return path
    except BaseException:
        remove(part)
        raise


def tensor_bytes(values):
    return sum(value.numel() * value.element_size() for value in values)


def optimizer_bytes(optimizers):
    torch = sys.modules["torch"]
    return sum(tensor_bytes([value for value in state.values() if isinstance(value, torch.Tensor)])
               for optimizer in optimizers for state in optimizer.state.values())
`;
