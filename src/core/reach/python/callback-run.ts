/** What the frameworks share that call a list of callbacks at each step: ours is put into the list and taken out again. */
export const CALLBACK_RUN = String.raw`
class CallbackRun:
    can_stop = True

    def __init__(self, holder):
        self.holder = holder
        self.mine = {}

    def same(self, other):
        return other is not None and other.framework == self.framework and other.holder is self.holder

    def arm(self, job):
        callback = self.callback(job)
        if not self.mine:
            self.make_ready()
        self.mine[id(job)] = callback
        # A new list: the one that the training may be walking through stays as it is.
        self.holder.callbacks = self.holder.callbacks + [callback]

    def disarm(self, job):
        callback = self.mine.pop(id(job), None)
        self.holder.callbacks = [each for each in self.holder.callbacks if each is not callback]
        if not self.mine:
            self.put_back()

    def make_ready(self):
        """Before the first of ours is in the list."""

    def put_back(self):
        """After the last of ours is out of it."""
`;
