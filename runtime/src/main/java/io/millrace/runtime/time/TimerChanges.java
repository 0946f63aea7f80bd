package io.millrace.runtime.time;

import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.state.PieceChain;
import io.millrace.runtime.state.heap.Versions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which timers have come and gone since the checkpoint that the next one can refer to. Confined to
 * the task, but for what a snapshot thread reports as written.
 */
/* Between two freezes lies a span: a tree of the timers that were added and one of those that were removed,
 * without what came and went in between. A frozen span does not change any more. Spans older than the last
 * complete checkpoint are dropped; an incremental checkpoint writes all others, in their order.
 *
 * Where few timers are pending, or much has changed, all are written instead, which costs less than to
 * remember. So spans never have more than half as many timers as were pending.
 */
final class TimerChanges {
    /** Fewer are always written whole: they are a few hundred kilobytes. */
    static final int LEAST = 1 << 13;

    private final KeyColumn form;
    private final boolean inNamespaces;
    private final Versions versions;
    private final Deque<Span> frozen = new ArrayDeque<>();
    private Span current; // null while nothing is remembered
    private int since; // the version after which all changes are known; only while some are
    private int changes; // timers of all spans
    private int limit;

    // What the next one may refer to; null if nothing.
    private Stored base;
    private long lastFullId = Long.MIN_VALUE;

    /** By checkpoint id. The snapshot thread adds what it has written, the task takes it out. */
    private final ConcurrentSkipListMap<Long, Stored> written = new ConcurrentSkipListMap<>();

    /** What a checkpoint has of the timers, as they were at the freeze of a version. */
    record Stored(PieceChain chain, int version) {}

    /**
     * What a checkpoint adds to another one. Immutable.
     *
     * @param spans in their order
     */
    record Since(PieceChain base, List<Span> spans) {}

    /** What has changed between two freezes. */
    static final class Span {
        private final TimerTree[] added;
        private final TimerTree[] removed;
        private int version; // of the freeze at its end

        private Span(KeyColumn form, boolean inNamespaces, Versions versions) {
            int domains = TimeDomain.values().length;
            added = new TimerTree[domains];
            removed = new TimerTree[domains];
            for (int i = 0; i < domains; i++) {
                added[i] = new TimerTree(form, inNamespaces, versions);
                removed[i] = new TimerTree(form, inNamespaces, versions);
            }
        }

        TimerTree added(TimeDomain domain) {
            return added[domain.ordinal()];
        }

        TimerTree removed(TimeDomain domain) {
            return removed[domain.ordinal()];
        }

        private int size() {
            int size = 0;
            for (int i = 0; i < added.length; i++) {
                size += added[i].size() + removed[i].size();
            }
            return size;
        }
    }

    TimerChanges(KeyColumn form, boolean inNamespaces, Versions versions) {
        this.form = form;
        this.inNamespaces = inNamespaces;
        this.versions = versions;
    }

    /**
     * Timers were restored, and what changes from now on is remembered.
     *
     * @param timers how many there are
     */
    void restored(PieceChain chain, int timers) {
        if (timers >= LEAST) {
            int version = versions.next();
            base = new Stored(chain, version);
            begin(version, timers);
        }
    }

    private void begin(int version, int timers) {
        current = new Span(form, inNamespaces, versions);
        since = version;
        limit = timers / 2;
    }

    /** A timer was added that was not there. */
    void added(TimeDomain domain, long time, int hash, Object key, Object namespace) {
        if (current != null) {
            note(current.removed(domain), current.added(domain), time, hash, key, namespace);
        }
    }

    /** A timer is gone that was there. */
    void removed(TimeDomain domain, long time, int hash, Object key, Object namespace) {
        if (current != null) {
            note(current.added(domain), current.removed(domain), time, hash, key, namespace);
        }
    }

    private void note(
            TimerTree undone, TimerTree done, long time, int hash, Object key, Object namespace) {
        if (undone.remove(time, hash, key, namespace)) {
            changes--;
            return;
        }
        done.add(time, hash, key, namespace);
        if (++changes > limit) {
            forget();
        }
    }

    private void forget() {
        current = null;
        changes = 0;
        frozen.clear();
        base = null;
    }

    /**
     * A checkpoint is taken of the timers as they are now.
     *
     * @param version of the freeze
     * @param timers how many there are
     * @return what is to be written of it; null for all timers
     */
    Since freeze(long checkpointId, CheckpointKind kind, int version, int timers) {
        if (kind == CheckpointKind.SAVEPOINT) {
            return null; // what is remembered is for the checkpoint behind it
        }
        if (kind == CheckpointKind.FULL) {
            // Whoever wants all may distrust what is there: nothing later is built on it.
            lastFullId = checkpointId;
            forget();
            return null;
        }
        if (current != null) {
            current.version = version;
            frozen.add(current);
            current = new Span(form, inNamespaces, versions);
            limit = Math.max(timers, LEAST) / 2;
        } else if (timers >= LEAST) {
            begin(version, timers);
        }
        return base == null || base.chain().isWorn() || since > base.version()
                ? null
                : new Since(base.chain(), new ArrayList<>(frozen));
    }

    /** Snapshot thread: later checkpoints may refer to this one if it is complete. */
    void onWritten(long checkpointId, Stored stored) {
        written.put(checkpointId, stored);
    }

    void onComplete(long checkpointId) {
        Stored stored = written.get(checkpointId);
        written.headMap(checkpointId, true).clear();
        if (stored == null || checkpointId <= lastFullId) {
            return;
        }
        if (current == null || since > stored.version()) {
            return; // something after it is not known
        }
        base = stored;
        while (!frozen.isEmpty() && frozen.peek().version <= stored.version()) {
            changes -= frozen.remove().size();
        }
    }

    void onAborted(long checkpointId) {
        written.remove(checkpointId);
    }
}
