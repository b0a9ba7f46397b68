/** What a visit asks, and what trains: found in the frames of the busy thread, so that no name of the user's is needed. */
export const VISIT = String.raw`
RUNS = [TransformersRun, LightningRun, KerasRun, AccelerateRun, PyTorchRun]


def main_frames():
    """From the innermost outwards."""
    frame = sys._current_frames().get(threading.main_thread().ident)
    frames = []
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back
    return frames


def cell_frames(frames):
    """Those of the cell that runs; none where the kernel waits for one."""
    for index, frame in enumerate(frames):
        if frame.f_code.co_name == "run_code" and "IPython" in frame.f_code.co_filename:
            return frames[:index]
    return []


def find_run(frames):
    frames = cell_frames(frames)
    names = [frame.f_code.co_name for frame in frames]
    if "notebook_launcher" in names or any(
            frame.f_code.co_name in ("start_processes", "join") and "multiprocessing" in frame.f_code.co_filename
            for frame in frames):
        raise Refused("other-process")
    distributed = sys.modules.get("torch.distributed")
    if distributed is not None and distributed.is_available() and distributed.is_initialized():
        if distributed.get_world_size() > 1:
            raise Refused("distributed")
    for kind in RUNS:
        run = kind.find(frames)
        if run is not None:
            return run
    raise Refused("nothing-trains")


def find_run_or_why():
    try:
        return find_run(main_frames()), None
    except Refused as refused:
        return None, {"kind": "refused", "code": refused.code, "message": str(refused)}


def wish_for(slot, wish, run, why):
    """Two clicks make one checkpoint: who asks again is told of the one that is awaited."""
    waiting = jobs[slot]
    if run is None:
        return why
    if wish.get("stop") and not run.can_stop:
        return {"kind": "refused", "code": "cannot-stop", "message": run.framework}
    if waiting is not None and waiting.armed:
        if waiting.run.same(run) and slot == "once":
            waiting.stop = waiting.stop or bool(wish.get("stop"))
            return waiting.end
        waiting.quietly_disarm()
    job = Job(run, wish)
    jobs[slot] = job
    try:
        job.arm()
    except Refused as refused:
        job.failed(refused.code, str(refused))
    except Exception as error:
        job.failed("raised", "%s: %s" % (type(error).__name__, error))
    return job.end


def put_back(slot):
    job = jobs[slot]
    if job is None:
        return {"kind": "none"}
    if job.armed:
        job.quietly_disarm()
        if job.end["kind"] == "pending":
            job.failed("taken-back", "")
    return job.end


def end_of(slot, run):
    """Also clears what was left waiting by a training that ended."""
    job = jobs[slot]
    if job is None:
        return {"kind": "none"}
    if job.armed and (run is None or not job.run.same(run)):
        job.quietly_disarm()
        if job.end["kind"] == "pending":
            job.failed("training-ended", "")
    return job.end


def visit(wish):
    with lock:
        do = wish["do"]
        run, why = find_run_or_why()
        if do == "save":
            answer = wish_for("once", wish, run, why)
        elif do == "every":
            answer = wish_for("every", wish, run, why)
        elif do == "undo":
            answer = put_back("every")
        elif do == "cancel":
            answer = put_back("once")
        else:
            answer = None
        once, every = end_of("once", run), jobs["every"]
        state = {"trains": why if run is None else {"kind": "trains", "framework": run.framework},
                 "once": once, "every": end_of("every", run),
                 "everySteps": every.every if every is not None and every.armed else None,
                 "names": getattr(jobs["once"], "names", None)}
        if answer is not None:
            state["answer"] = answer
        return state
`;
