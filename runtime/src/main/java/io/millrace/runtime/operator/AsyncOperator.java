package io.millrace.runtime.operator;

import io.millrace.api.async.AsyncFunction;
import io.millrace.api.async.AsyncRetryPredicate;
import io.millrace.api.async.AsyncRetryStrategy;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.unkeyed.StampedRecords;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Calls the user's asynchronous function and lets results go on in their order. Completions come as
 * mail. While as many records are asked for as may be, the rest of a chunk waits here and the task
 * reads no more.
 */
final class AsyncOperator extends Operator {
    private final AsyncFunction<Object, Object> function;
    private final AsyncRetryStrategy<Object> retry;
    private final OperatorContext context;
    private final Receiver next;
    // Records are kept beyond the call: what may change is copied. Null if they cannot change.
    private final Serializer<Object> copier;
    private final int capacity;
    private final AsyncOrder order;
    private final AsyncDeadlines deadlines;
    // What came while no more could be asked for, in order.
    private final ArrayDeque<AsyncEntry> waiting = new ArrayDeque<>();
    // What has come and not gone on, in order: the state of this operator.
    private final Set<AsyncEntry> held = new LinkedHashSet<>();
    private int asked;
    private boolean idleBehind;

    @SuppressWarnings("unchecked")
    AsyncOperator(OperatorSpec.AsyncSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (AsyncFunction<Object, Object>) spec.function();
        this.retry = (AsyncRetryStrategy<Object>) spec.retry();
        this.context = context;
        this.next = next;
        this.copier = context.inputCopier();
        this.capacity = spec.capacity();
        this.order = spec.ordered() ? new AsyncOrder.Ordered() : new AsyncOrder.Unordered();
        this.deadlines =
                new AsyncDeadlines(
                        spec.timeoutMs(),
                        context.clockMs(),
                        context.processingTimers(),
                        this::onTimeOver);
    }

    @Override
    public void open() throws Exception {
        context.open(function);
        heldRecords()
                .restore(
                        context.restored(),
                        context.segments(),
                        (record, timestampMs) ->
                                accept(
                                        record == null
                                                ? AsyncEntry.ofWatermark(timestampMs)
                                                : AsyncEntry.ofRecord(record, timestampMs)));
    }

    private StampedRecords heldRecords() {
        return context.heldRecords("asked", 0);
    }

    @Override
    public void snapshot(SnapshotTurn turn) throws Exception {
        heldRecords()
                .hand(
                        turn,
                        held.size(),
                        taker -> {
                            for (AsyncEntry entry : held) {
                                taker.take(entry.record, entry.timestampMs);
                            }
                        });
        super.snapshot(turn);
    }

    @Override
    public void push(Object record, long timestampMs) {
        idleBehind = false;
        Object kept = copier == null || record == null ? record : copier.copy(record);
        accept(AsyncEntry.ofRecord(kept, timestampMs));
    }

    @Override
    public void watermark(long timestampMs) {
        idleBehind = false;
        accept(AsyncEntry.ofWatermark(timestampMs));
        goOn();
    }

    @Override
    public void idle() {
        idleBehind = true;
        goOn();
    }

    @Override
    public void active() {
        if (idleBehind) {
            idleBehind = false;
        } else {
            next.active();
        }
    }

    private void accept(AsyncEntry entry) {
        held.add(entry);
        if (waiting.isEmpty() && (entry.isWatermark() || asked < capacity)) {
            begin(entry);
        } else {
            waiting.add(entry);
        }
    }

    private void begin(AsyncEntry entry) {
        order.add(entry);
        if (!entry.isWatermark()) {
            asked++;
            deadlines.begin(entry);
            attempt(entry);
        }
    }

    private void attempt(AsyncEntry entry) {
        AsyncEntry.Attempt attempt = entry.nextAttempt(this::completed);
        try {
            function.asyncInvoke(entry.record, attempt);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Any thread. */
    private void completed(AsyncEntry.Attempt attempt) {
        context.post(() -> onCompleted(attempt));
    }

    private void onCompleted(AsyncEntry.Attempt attempt) {
        AsyncEntry entry = attempt.entry();
        if (!entry.isCurrent(attempt)) {
            return;
        }
        Collection<Object> results = null;
        Throwable error = null;
        try {
            results = attempt.get();
        } catch (Throwable e) {
            error = e;
        }
        try {
            if (isToBeRepeated(entry, results, error)) {
                repeatLater(entry);
                return;
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        if (error != null) {
            throw UserCodeException.of(context.name(), error);
        }
        deadlines.end(entry);
        entry.done(results);
        order.onDone(entry);
        goOn();
    }

    private boolean isToBeRepeated(AsyncEntry entry, Collection<Object> results, Throwable error) {
        if (retry == null || entry.isOver() || !retry.canRetry(entry.attempts())) {
            return false;
        }
        AsyncRetryPredicate<Object> reasons = retry.getRetryPredicate();
        return error == null
                ? reasons.resultPredicate().map(p -> p.test(results)).orElse(false)
                : reasons.exceptionPredicate().map(p -> p.test(error)).orElse(false);
    }

    private void repeatLater(AsyncEntry entry) {
        AsyncEntry.Attempt ended = entry.pause();
        long atMs = context.clockMs().getAsLong() + retry.getBackoffTimeMillis(entry.attempts());
        context.processingTimers()
                .at(
                        atMs,
                        () -> {
                            if (entry.isCurrent(ended)) {
                                attempt(entry);
                            }
                        });
    }

    private void onTimeOver(AsyncEntry entry) {
        AsyncEntry.Attempt attempt = entry.lastChance(this::completed);
        try {
            function.timeout(entry.record, attempt);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Emits what may go on, and asks for what may be asked for now. */
    private void goOn() {
        emitReady();
        while (!waiting.isEmpty() && (waiting.peek().isWatermark() || asked < capacity)) {
            begin(waiting.remove());
            emitReady();
        }
        if (idleBehind && isEmpty()) {
            idleBehind = false;
            next.idle();
        }
    }

    private void emitReady() {
        AsyncEntry entry;
        while ((entry = order.next()) != null) {
            held.remove(entry);
            if (entry.isWatermark()) {
                next.watermark(entry.timestampMs);
            } else {
                asked--;
                for (Object result : entry.results()) {
                    next.push(result, entry.timestampMs);
                }
            }
        }
    }

    private boolean isEmpty() {
        return waiting.isEmpty() && order.isEmpty();
    }

    @Override
    public boolean takesInput() {
        return waiting.isEmpty() && asked < capacity;
    }

    @Override
    public boolean finish() {
        goOn();
        return isEmpty();
    }

    @Override
    public boolean awaitsMail() {
        return !isEmpty();
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }
}
