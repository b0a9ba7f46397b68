/**
 * For where no socket of ours reaches the kernel: a thread that looks once a second for a file with a wish, obeys it as a visit would,
 * and writes the answer beside it. Dots at the beginning of the names would hide them from the server's contents.
 */
export const WATCH = String.raw`
REQUEST = "holdfast-request.json"
ANSWER = "holdfast-answer.json"
watched = {}


def take_request(folder):
    """The wish that lies there; it is gone then, so that nothing is obeyed twice."""
    path = os.path.join(folder, REQUEST)
    try:
        size = os.stat(path).st_size
    except OSError:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(65536)
        wish = json.loads(text)
    except ValueError:
        # Half of it may have come by now: it stays until it is whole, or nobody goes on writing.
        if time.time() - os.stat(path).st_mtime < 5:
            return None
        wish = {}
    remove(path)
    return wish if isinstance(wish, dict) and size <= 65536 else {}


def write_answer(folder, wish, value):
    value = dict(value, id=str(wish.get("id", ""))[:300])
    part = os.path.join(folder, ".holdfast-answer")
    with open(part, "w", encoding="utf-8") as file:
        json.dump(value, file)
    os.replace(part, os.path.join(folder, ANSWER))


def obey(folder, wish):
    """True while there is more to say."""
    try:
        value = visit(wish)
    except Exception as error:
        value = {"raised": {"name": type(error).__name__, "message": str(error)[:500]}}
    write_answer(folder, wish, value)
    return "pending" in (value.get("once", {}).get("kind"), value.get("every", {}).get("kind"))


def watch(folder):
    """Begins to look into a folder; a second time changes nothing."""
    folder = os.path.abspath(folder)

    def look():
        last, waits = {}, False
        while watched.get(folder) is threading.current_thread():
            time.sleep(1)
            try:
                wish = take_request(folder)
                if wish is not None:
                    last, waits = wish, obey(folder, wish)
                elif waits:
                    waits = obey(folder, {"do": "state", "id": last.get("id", "")})
            except Exception:
                waits = False

    if folder not in watched:
        os.makedirs(folder, exist_ok=True)
        # A wish that nobody took while it was meant is not obeyed now.
        remove(os.path.join(folder, REQUEST))
        watched[folder] = threading.Thread(target=look, name="holdfast-watch", daemon=True)
        watched[folder].start()
`;
