/**
 * How the kernel is left as it was found: no output, no name, and the true status. ipykernel (6.17 to 7.4) tells the world that it
 * is idle after every request, whatever its main thread does, and servers and pages believe it.
 */
export const GUEST = String.raw`
def kernel_of():
    shell = sys.modules["IPython"].get_ipython()
    return getattr(shell, "kernel", None)


def running_request():
    """The request whose cell the main thread is in, or None."""
    for frame in main_frames():
        if frame.f_code.co_name == "dispatch_shell" and "ipykernel" in frame.f_code.co_filename:
            message = frame.f_locals.get("msg")
            return message if isinstance(message, dict) else None
    return None


def tell_true_status():
    """
    Behind the idle that follows this visit: busy, in the name of the cell that runs. Where that ended in the same moment, its
    idle may have been sent before: then it is said again.
    """
    kernel = kernel_of()
    if kernel is None:
        return
    import asyncio

    def again(request):
        mend_streams()
        if running_request() is not request:
            now = running_request()
            kernel._publish_status("idle" if now is None else "busy", "shell", parent=now or request)

    def say():
        request = running_request()
        if request is not None:
            kernel._publish_status("busy", "shell", parent=request)
            loop.call_later(0.05, again, request)

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    loop.call_soon(say)


def make_loud():
    """Takes the stand-in of GUARD away again; what the cell registered meanwhile stays."""
    shell = sys.modules["IPython"].get_ipython()
    callbacks = shell.events.callbacks
    quiet = callbacks.get("post_execute")
    theirs = getattr(quiet, "theirs", None)
    if theirs is not None:
        theirs[:] = list(quiet)
        callbacks["post_execute"] = theirs


def mend_streams():
    """
    IPython 9 records what a cell prints by standing in for the write of its streams, while any code runs. Ours may begin in a cell
    and end after it, and would then put back the stand-in of a cell that is over.
    """
    if running_request() is None:
        for stream in (sys.stdout, sys.stderr):
            write = getattr(stream, "__dict__", {}).get("write")
            if "._tee." in getattr(write, "__qualname__", ""):
                stream.write = type(stream).write.__get__(stream)


class Answer:
    def __init__(self, value):
        self.text = json.dumps(value)

    def __repr__(self):
        return self.text


def answer(text):
    """The one way in: never an error, never an output."""
    try:
        try:
            value = visit(json.loads(text))
        finally:
            try:
                make_loud()
                mend_streams()
            finally:
                tell_true_status()
    except Exception as error:
        value = {"raised": {"name": type(error).__name__, "message": str(error)[:500]}}
    return Answer(value)
`;

/**
 * Run before the answer is asked for, and the same text at each visit. IPython calls what follows a cell (`post_execute`) after any
 * code, on any thread; there matplotlib shows and closes the plots that the cell which trains is still drawing.
 */
export const GUARD = String.raw`
class Quiet(list):
    def __getitem__(self, key):
        import threading
        if isinstance(key, slice) and threading.get_ident() == self.thread:
            return []
        return list.__getitem__(self, key)


def guard():
    import sys
    import threading
    callbacks = sys.modules["IPython"].get_ipython().events.callbacks
    theirs = callbacks.get("post_execute")
    if type(theirs) is list:
        quiet = Quiet(theirs)
        quiet.theirs = theirs
        quiet.thread = threading.get_ident()
        callbacks["post_execute"] = quiet


guard()
`;

/** Makes the module once in a kernel, under no name of the user's; another version of it takes its hooks away first. */
export const BOOT = String.raw`
import sys
import types
module = sys.modules.get("_holdfast_reach")
if getattr(module, "SOURCE_TEXT", None) != source:
    fresh = types.ModuleType("_holdfast_reach")
    fresh.SOURCE_TEXT = source
    exec(compile(source, "<holdfast>", "exec"), fresh.__dict__)
    for job in list(getattr(module, "jobs", {}).values()):
        if job is not None:
            job.quietly_disarm()
    sys.modules["_holdfast_reach"] = module = fresh
answer = module.answer(wish)
`;
