package io.millrace.runtime.time;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.state.PieceChain;
import io.millrace.runtime.state.UnclaimedParts;
import io.millrace.runtime.state.heap.Versions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The timers of one keyed operator, in both domains: one for each time, key and namespace. Confined
 * to the task, but for what is frozen.
 *
 * <p>While a timer fires the target may register and delete others; what is due by then fires in
 * the same call.
 */
public final class KeyedTimers {
    private final Target target;
    private final ProcessingTimers calls; // null if the wall clock calls nobody
    private final TimersSetup setup;
    private final Versions versions = new Versions();
    private final TimerTree eventTime;
    private final TimerTree processingTime;
    private final TimerChanges changes;
    // The call for the first processing-time timer, and its time; null if there is none.
    private ProcessingTimers.Call next;
    private long nextMs = Long.MAX_VALUE;
    private boolean wallClockIsOver;
    private boolean ended;

    /** Whose timers these are. */
    public interface Target {
        /**
         * A timer has fired.
         *
         * @param keyHash of {@code KeyGroups.hash}
         * @param namespace null if the timers have none
         */
        void onTimer(
                TimeDomain domain, long timestampMs, Object key, int keyHash, Object namespace);
    }

    /**
     * @param calls null if the wall clock calls nobody: then timers fire in {@link #fireAll} only
     */
    public KeyedTimers(Target target, ProcessingTimers calls, TimersSetup setup) {
        this.target = target;
        this.calls = calls;
        this.setup = setup;
        KeyColumn form = KeyColumn.of(setup.keys());
        this.eventTime = new TimerTree(form, setup.namespaces() != null, versions);
        this.processingTime = new TimerTree(form, setup.namespaces() != null, versions);
        this.changes = new TimerChanges(form, setup.namespaces() != null, versions);
    }

    /**
     * Registers what a checkpoint has of these timers. Called once, before records come.
     *
     * @throws MillraceException {@code SCHEMA_INCOMPATIBLE}, {@code CHECKPOINT_INCOMPATIBLE},
     *     {@code CHECKPOINT_FILE_CORRUPT} or {@code STORAGE_FAILED}
     */
    public void restore() {
        List<RestoredPart> own = new ArrayList<>();
        for (RestoredPart one : setup.restored()) {
            StatePart part = one.part();
            if (part.kind() == StatePart.Kind.TIMERS && part.name().equals(setup.name())) {
                read(part);
                own.add(one);
            }
        }
        if (!own.isEmpty() && isBuiltOn(own)) {
            PieceChain chain =
                    PieceChain.restored(
                            UnclaimedParts.narrowed(
                                    own, setup.firstKeyGroup(), setup.lastKeyGroup()));
            changes.restored(chain, size());
        }
        callAtFirst();
    }

    private void read(StatePart part) {
        try {
            TimersForm.read(setup, part, new Restored());
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "timers '"
                            + setup.name()
                            + "' of operator "
                            + setup.operator()
                            + " cannot be read from the checkpoint: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Whether checkpoints may refer to these parts, and add what has changed. */
    private boolean isBuiltOn(List<RestoredPart> parts) {
        byte[] today = TimersForm.description(setup);
        return setup.incremental()
                && parts.stream().allMatch(one -> Arrays.equals(one.part().description(), today));
    }

    /** Adds and removes what a checkpoint has. */
    private final class Restored implements TimersForm.Target {
        @Override
        public void timer(TimeDomain domain, long timestampMs, Object key, Object namespace) {
            tree(domain).add(timestampMs, KeyGroups.hash(key), key, namespace);
        }

        @Override
        public void removed(TimeDomain domain, long timestampMs, Object key, Object namespace) {
            tree(domain).remove(timestampMs, KeyGroups.hash(key), key, namespace);
        }
    }

    private int size() {
        return eventTime.size() + processingTime.size();
    }

    private TimerTree tree(TimeDomain domain) {
        return domain == TimeDomain.EVENT_TIME ? eventTime : processingTime;
    }

    /**
     * @param keyHash of {@code KeyGroups.hash}
     * @param namespace null if the timers have none
     */
    public void register(
            TimeDomain domain, long timestampMs, Object key, int keyHash, Object namespace) {
        if (ended || wallClockIsOver && domain == TimeDomain.PROCESSING_TIME) {
            return;
        }
        if (tree(domain).add(timestampMs, keyHash, key, namespace)) {
            changes.added(domain, timestampMs, keyHash, key, namespace);
        }
        if (domain == TimeDomain.PROCESSING_TIME) {
            callAtFirst();
        }
    }

    public void delete(
            TimeDomain domain, long timestampMs, Object key, int keyHash, Object namespace) {
        if (tree(domain).remove(timestampMs, keyHash, key, namespace)) {
            changes.removed(domain, timestampMs, keyHash, key, namespace);
        }
    }

    /** Event time has come so far: fires what is due, the earliest first. */
    public void onWatermark(long watermarkMs) {
        while (!eventTime.isEmpty() && eventTime.firstMs() <= watermarkMs) {
            fireFirst(TimeDomain.EVENT_TIME, eventTime);
        }
    }

    /**
     * Fires what is still registered for the wall clock, as if its time had come. What is
     * registered meanwhile is dropped: a timer that sets the next one would have no last one.
     */
    public void fireAllOfProcessingTime() {
        wallClockIsOver = true;
        while (!processingTime.isEmpty()) {
            fireFirst(TimeDomain.PROCESSING_TIME, processingTime);
        }
    }

    /**
     * All time passes, then begins anew: fires what is registered for event time, then for the wall
     * clock, each the earliest first. What is registered for the wall clock by one that fires is
     * dropped, and for event time by one of the wall clock.
     */
    public void fireAll() {
        onWatermark(Long.MAX_VALUE);
        fireAllOfProcessingTime();
        clear();
        wallClockIsOver = false;
    }

    /** Drops what is registered. */
    public void clear() {
        drop(TimeDomain.EVENT_TIME, eventTime);
        drop(TimeDomain.PROCESSING_TIME, processingTime);
    }

    private void drop(TimeDomain domain, TimerTree timers) {
        while (!timers.isEmpty()) {
            dropFirst(domain, timers);
        }
    }

    /** Drops what is registered: nothing fires any more, since the input has ended. */
    public void end() {
        ended = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void onCall() {
        next = null;
        nextMs = Long.MAX_VALUE;
        long passedMs = calls.passedMs();
        while (!processingTime.isEmpty() && processingTime.firstMs() <= passedMs) {
            fireFirst(TimeDomain.PROCESSING_TIME, processingTime);
        }
        callAtFirst();
    }

    private void callAtFirst() {
        long firstMs = processingTime.firstMs();
        if (calls == null || processingTime.isEmpty() || firstMs >= nextMs) {
            return;
        }
        if (next != null) {
            next.cancel();
        }
        nextMs = firstMs;
        next = calls.at(firstMs, this::onCall);
    }

    private void fireFirst(TimeDomain domain, TimerTree timers) {
        long timestampMs = timers.firstMs();
        Object key = timers.firstKey();
        int keyHash = timers.firstHash();
        Object namespace = timers.firstNamespace();
        dropFirst(domain, timers);
        target.onTimer(domain, timestampMs, key, keyHash, namespace);
    }

    private void dropFirst(TimeDomain domain, TimerTree timers) {
        changes.removed(
                domain,
                timers.firstMs(),
                timers.firstHash(),
                timers.firstKey(),
                timers.firstNamespace());
        timers.dropFirst();
    }

    /** Visits the timers of a domain, in no order; {@code visitor} may register and delete. */
    public void forEach(TimeDomain domain, Visitor visitor) {
        int version = versions.freeze();
        try {
            for (TimerLeaf leaf : tree(domain).leaves()) {
                for (int i = 0; leaf != null && i < leaf.size(); i++) {
                    visitor.visit(leaf.time(i), leaf.key(i), leaf.namespace(i));
                }
            }
        } finally {
            versions.close(version);
        }
    }

    /** Is shown timers. */
    public interface Visitor {
        /**
         * @param namespace null if the timers have none
         */
        void visit(long timestampMs, Object key, Object namespace);
    }

    /** How many are registered. */
    public int size(TimeDomain domain) {
        return tree(domain).size();
    }

    /** Freezes the timers as they are now, to be written by a snapshot thread. */
    public FrozenState freeze(long checkpointId, CheckpointKind kind) {
        int version = versions.freeze();
        TimerChanges.Since since = changes.freeze(checkpointId, kind, version, size());
        Consumer<TimerChanges.Stored> onWritten =
                kind.standsAlone()
                        ? stored -> {}
                        : stored -> changes.onWritten(checkpointId, stored);
        return since == null
                ? FrozenTimers.whole(setup, versions, version, eventTime, processingTime, onWritten)
                : FrozenTimers.changes(setup, versions, version, since, onWritten);
    }

    /** The checkpoint is complete: later ones may refer to it. */
    public void onComplete(long checkpointId) {
        changes.onComplete(checkpointId);
    }

    /** The checkpoint will not be: nobody may refer to it. */
    public void onAborted(long checkpointId) {
        changes.onAborted(checkpointId);
    }
}
