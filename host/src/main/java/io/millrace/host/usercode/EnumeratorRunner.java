package io.millrace.host.usercode;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SupportsHandleExecutionAttemptSourceEvent;
import io.millrace.coordinator.Event;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.metrics.EnumeratorGroup;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.serde.JavaSerialization;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One split enumerator and the two threads that it has: {@code enumerator-<vertex>}, on which all
 * its methods run, and one for what it does by {@code callAsync}.
 *
 * <p>The methods of this class only post, from any thread; what is posted after {@link #close} is
 * dropped. The queue holds at most one split request and one registration per reader, the events
 * that readers send, and one answer per asynchronous call.
 */
final class EnumeratorRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnumeratorRunner.class);

    /** Which enumerator, and how often the job had been restarted when it was made. Immutable. */
    record Identity(JobId jobId, int vertexId, int operatorIndex, int generation) {}

    private final Identity identity;
    private final ChainedOperator operator;
    private final int parallelism;
    private final EnumeratorEntry position; // null if it begins anew
    private final Supplier<ClassLoader> loader;
    private final EnumeratorGroup metrics;
    private final boolean speculative;
    private final Consumer<Event> events;
    private final ScheduledThreadPoolExecutor thread;
    private final ScheduledThreadPoolExecutor asyncThread;

    // Confined to the enumerator's thread.
    private EnumeratorContext<?> context;
    private SplitEnumerator<?, ?> enumerator;
    private EnumeratorState<?> state;
    private SupportsHandleExecutionAttemptSourceEvent ofAttempts; // null if it hears of one each
    private ClassLoader userLoader;
    private boolean ended;

    /**
     * @param speculative whether subtasks may have several attempts at a time
     */
    EnumeratorRunner(
            Identity identity,
            ChainedOperator operator,
            int parallelism,
            EnumeratorEntry position,
            Supplier<ClassLoader> loader,
            EnumeratorGroup metrics,
            boolean speculative,
            Consumer<Event> events) {
        this.identity = identity;
        this.operator = operator;
        this.parallelism = parallelism;
        this.position = position;
        this.loader = loader;
        this.metrics = metrics;
        this.speculative = speculative;
        this.events = events;
        this.thread = oneThread("enumerator-" + identity.vertexId());
        this.asyncThread = oneThread("enumerator-" + identity.vertexId() + "-async");
    }

    private static ScheduledThreadPoolExecutor oneThread(String name) {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        runnable -> {
                            Thread made = new Thread(runnable, name);
                            made.setDaemon(true);
                            return made;
                        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return executor;
    }

    int generation() {
        return identity.generation();
    }

    void start() {
        post("start()", this::onStart);
    }

    void addReader(int subtask, int attempt, String host) {
        post(
                "addReader(" + subtask + ")",
                () -> {
                    context.registered(subtask, attempt, host);
                    enumerator.addReader(subtask);
                });
    }

    /** An attempt has ended; only of an enumerator that hears of each. */
    void removeReader(int subtask, int attempt) {
        post("removeReader(" + subtask + ")", () -> context.gone(subtask, attempt));
    }

    void requestSplit(int subtask, String host) {
        post(
                "handleSplitRequest(" + subtask + ")",
                () -> enumerator.handleSplitRequest(subtask, host));
    }

    void handleEvent(int subtask, int attempt, byte[] event) {
        post(
                "handleSourceEvent(" + subtask + ")",
                () -> {
                    SourceEvent said = JavaSerialization.read(event, userLoader, SourceEvent.class);
                    if (ofAttempts == null) {
                        enumerator.handleSourceEvent(subtask, said);
                    } else {
                        ofAttempts.handleSourceEvent(subtask, attempt, said);
                    }
                });
    }

    /** Asks for the position; a failure is the checkpoint's, not the enumerator's. */
    void snapshot(long checkpointId) {
        post("snapshotState(" + checkpointId + ")", () -> onSnapshot(checkpointId));
    }

    private void onSnapshot(long checkpointId) {
        EnumeratorEntry taken = null;
        FailureReport failure = null;
        try {
            taken = state.snapshot(checkpointId, operator.identity());
            FaultPoint.CHECKPOINT_ENUMERATOR_TAKEN.hit();
        } catch (Throwable e) { // user code
            failure =
                    UserFailures.report(
                            e,
                            "the split enumerator of source '"
                                    + operator.name()
                                    + "', in snapshotState("
                                    + checkpointId
                                    + "),",
                            operator.name(),
                            ErrorCode.USER_CODE_FAILED);
        }
        events.accept(
                new Event.EnumeratorSnapshot(
                        identity.jobId(),
                        checkpointId,
                        identity.vertexId(),
                        identity.operatorIndex(),
                        identity.generation(),
                        taken == null ? 0 : taken.version(),
                        taken == null ? null : taken.state(),
                        failure));
    }

    /** A checkpoint that the enumerator was part of is complete, or will never be. */
    void checkpointEnded(long checkpointId, boolean complete) {
        post(
                complete ? "notifyCheckpointComplete" : "notifyCheckpointAborted",
                () -> {
                    if (complete) {
                        enumerator.notifyCheckpointComplete(checkpointId);
                    } else {
                        enumerator.notifyCheckpointAborted(checkpointId);
                    }
                });
    }

    /** Closes the enumerator on its thread, then ends both threads. Does not wait; idempotent. */
    @Override
    public void close() {
        asyncThread.shutdownNow();
        try {
            thread.execute(this::onClose);
        } catch (RejectedExecutionException e) {
            return; // closed before
        }
        thread.shutdown();
    }

    /** A call into user code. */
    @FunctionalInterface
    interface UserCall {
        void run() throws Exception;
    }

    /** Runs a call on the enumerator's thread; what it throws fails the job. */
    void post(String what, UserCall call) {
        try {
            thread.execute(() -> guarded(what, call));
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped a call for a closed enumerator. call={} {}", what, identity);
        }
    }

    private void guarded(String what, UserCall call) {
        if (ended) {
            return;
        }
        try {
            call.run();
        } catch (Throwable e) { // the top of this thread, as far as user code is concerned
            ended = true;
            events.accept(
                    new Event.EnumeratorFailed(
                            identity.jobId(),
                            identity.vertexId(),
                            identity.generation(),
                            UserFailures.report(
                                    e,
                                    "the split enumerator of source '"
                                            + operator.name()
                                            + "', in "
                                            + what
                                            + ",",
                                    operator.name(),
                                    ErrorCode.USER_CODE_FAILED)));
        }
    }

    private void onStart() throws Exception {
        userLoader = loader.get();
        Thread.currentThread().setContextClassLoader(userLoader);
        OperatorSpec.SourceSpec spec =
                (OperatorSpec.SourceSpec)
                        JavaSerialization.read(operator.spec(), userLoader, OperatorSpec.class);
        open(spec.source());
        if (ofAttempts != null) { // before anything that it says itself
            context.hearAttempts();
            events.accept(
                    new Event.EnumeratorHearsAttempts(
                            identity.jobId(),
                            identity.vertexId(),
                            identity.operatorIndex(),
                            identity.generation()));
        }
        enumerator.start();
    }

    private <SplitT extends SourceSplit, StateT> void open(Source<?, SplitT, StateT> source)
            throws Exception {
        EnumeratorContext<SplitT> made =
                new EnumeratorContext<>(
                        identity,
                        parallelism,
                        source.getSplitSerializer(),
                        this,
                        asyncThread,
                        userLoader,
                        metrics,
                        events);
        context = made;
        SplitEnumerator<SplitT, StateT> opened =
                position == null
                        ? source.createEnumerator(made)
                        : source.restoreEnumerator(
                                made,
                                source.getEnumeratorCheckpointSerializer()
                                        .deserialize(position.version(), position.state()));
        enumerator = opened;
        ofAttempts =
                speculative && opened instanceof SupportsHandleExecutionAttemptSourceEvent able
                        ? able
                        : null;
        state = new EnumeratorState<>(opened, source);
    }

    /** What an enumerator holds, as bytes. Confined to the enumerator's thread. */
    private record EnumeratorState<StateT>(
            SplitEnumerator<?, StateT> enumerator, Source<?, ?, StateT> source) {
        EnumeratorEntry snapshot(long checkpointId, String operatorId) throws Exception {
            SimpleVersionedSerializer<StateT> serializer =
                    source.getEnumeratorCheckpointSerializer();
            return new EnumeratorEntry(
                    operatorId,
                    serializer.getVersion(),
                    serializer.serialize(enumerator.snapshotState(checkpointId)));
        }
    }

    private void onClose() {
        ended = true;
        if (enumerator == null) {
            metrics.close();
            return;
        }
        try (metrics) {
            enumerator.close();
        } catch (Throwable e) { // user code; the job has what it needs from this enumerator
            LOG.warn("A split enumerator failed to close. operator={}", operator.name(), e);
        }
    }
}
