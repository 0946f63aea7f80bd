package io.millrace.api.sink;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.error.FlinkRuntimeException;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import java.time.Clock;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink function that writes into transactions, one for each checkpoint: what was written before a
 * barrier is made ready at the barrier and committed when the checkpoint is durable. Confined to
 * its task.
 *
 * <p>A commit may be repeated after a failure, so it must not mind a transaction that it has
 * committed before; and it must not fail for good, since then the data of a durable checkpoint is
 * lost.
 *
 * @param <IN> the records
 * @param <TXN> says which transaction, after a restart too
 * @param <CONTEXT> what is shared by the transactions of a subtask, as a pool of ids
 * @deprecated use a {@link Sink} with {@link SupportsCommitter}
 */
@Deprecated
public abstract class TwoPhaseCommitSinkFunction<IN, TXN, CONTEXT> extends RichSinkFunction<IN>
        implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(TwoPhaseCommitSinkFunction.class);

    /** By the checkpoint that they belong to. */
    protected final LinkedHashMap<Long, TransactionHolder<TXN>> pendingCommitTransactions =
            new LinkedHashMap<>();

    protected transient Optional<CONTEXT> userContext;
    protected transient ListState<State<TXN, CONTEXT>> state;

    private final TypeSerializer<TXN> transactionSerializer;
    private final TypeSerializer<CONTEXT> contextSerializer;
    private transient Clock clock;
    private TransactionHolder<TXN> current; // null before the beginning and after the end
    private long transactionTimeout = Long.MAX_VALUE;
    private boolean ignoresFailuresAfterTimeout;
    private double warningRatio = -1;
    private boolean finished;

    public TwoPhaseCommitSinkFunction(
            TypeSerializer<TXN> transactionSerializer, TypeSerializer<CONTEXT> contextSerializer) {
        this(transactionSerializer, contextSerializer, null);
    }

    /**
     * @param clock null for the system's
     */
    TwoPhaseCommitSinkFunction(
            TypeSerializer<TXN> transactionSerializer,
            TypeSerializer<CONTEXT> contextSerializer,
            Clock clock) {
        this.transactionSerializer = Objects.requireNonNull(transactionSerializer, "serializer");
        this.contextSerializer = Objects.requireNonNull(contextSerializer, "serializer");
        this.clock = clock;
    }

    /** A transaction and when it was begun. Immutable. */
    public static final class TransactionHolder<TXN> {
        private final TXN handle;
        private final long transactionStartTime;

        public TransactionHolder(TXN handle, long transactionStartTime) {
            this.handle = handle;
            this.transactionStartTime = transactionStartTime;
        }

        TXN handle() {
            return handle;
        }

        /** Milliseconds since the epoch. */
        long startMs() {
            return transactionStartTime;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof TransactionHolder<?> that
                    && transactionStartTime == that.transactionStartTime
                    && Objects.equals(handle, that.handle);
        }

        @Override
        public int hashCode() {
            return Objects.hash(handle, transactionStartTime);
        }

        @Override
        public String toString() {
            return handle + " since " + transactionStartTime;
        }
    }

    /** What a checkpoint has of one subtask. Immutable. */
    public static final class State<TXN, CONTEXT> {
        private final TransactionHolder<TXN> pendingTransaction;
        private final List<TransactionHolder<TXN>> pendingCommitTransactions;
        private final Optional<CONTEXT> context;

        /**
         * @param pendingTransaction which is written after the barrier; null if there is none
         * @param pendingCommitTransactions those that are ready, in their order
         */
        public State(
                TransactionHolder<TXN> pendingTransaction,
                List<TransactionHolder<TXN>> pendingCommitTransactions,
                Optional<CONTEXT> context) {
            this.pendingTransaction = pendingTransaction;
            this.pendingCommitTransactions = List.copyOf(pendingCommitTransactions);
            this.context = Objects.requireNonNull(context, "context");
        }

        public TransactionHolder<TXN> getPendingTransaction() {
            return pendingTransaction;
        }

        public List<TransactionHolder<TXN>> getPendingCommitTransactions() {
            return pendingCommitTransactions;
        }

        public Optional<CONTEXT> getContext() {
            return context;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State<?, ?> that
                    && Objects.equals(pendingTransaction, that.pendingTransaction)
                    && pendingCommitTransactions.equals(that.pendingCommitTransactions)
                    && context.equals(that.context);
        }

        @Override
        public int hashCode() {
            return Objects.hash(pendingTransaction, pendingCommitTransactions, context);
        }
    }

    /** What the transactions of this subtask share; called if nothing was restored. */
    protected Optional<CONTEXT> initializeUserContext() {
        return Optional.empty();
    }

    protected Optional<CONTEXT> getUserContext() {
        return userContext;
    }

    /** Null before the first and after the last. */
    protected TXN currentTransaction() {
        return current == null ? null : current.handle();
    }

    /** Those that are ready and not committed, by checkpoint. */
    protected Stream<Map.Entry<Long, TXN>> pendingTransactions() {
        return pendingCommitTransactions.entrySet().stream()
                .map(
                        each ->
                                new AbstractMap.SimpleEntry<>(
                                        each.getKey(), each.getValue().handle()));
    }

    /** Writes a record into a transaction. */
    protected abstract void invoke(TXN transaction, IN value, Context context) throws Exception;

    protected abstract TXN beginTransaction() throws Exception;

    /** At a barrier: flushes, so that a commit cannot fail any more. */
    protected abstract void preCommit(TXN transaction) throws Exception;

    /** The checkpoint is durable. Must succeed in the end, and may be repeated. */
    protected abstract void commit(TXN transaction);

    /** Commits what a checkpoint has left ready; may have been committed before. */
    protected void recoverAndCommit(TXN transaction) {
        commit(transaction);
    }

    protected abstract void abort(TXN transaction);

    /** Aborts what was written when the checkpoint was taken. */
    protected void recoverAndAbort(TXN transaction) {
        abort(transaction);
    }

    /** After all transactions of a checkpoint have been handled. */
    protected void finishRecoveringContext(Collection<TXN> handledTransactions) {}

    /** After the last record, before the transaction is made ready. */
    protected void finishProcessing(TXN transaction) {}

    @Override
    public final void invoke(IN value) throws Exception {}

    @Override
    public final void invoke(IN value, Context context) throws Exception {
        invoke(currentTransaction(), value, context);
    }

    @Override
    public final void finish() throws Exception {
        finished = true;
        finishProcessing(currentTransaction());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "state",
                                        new TransactionStateSerializer<>(
                                                transactionSerializer, contextSerializer)));
        pendingCommitTransactions.clear();
        userContext = Optional.empty();
        if (context.isRestored()) {
            LOG.info("Restoring transactions: subtask={}", subtask());
            for (State<TXN, CONTEXT> restored : state.get()) {
                recover(restored);
            }
        }
        if (userContext.isEmpty()) {
            userContext = initializeUserContext();
        }
        current = begin();
    }

    private void recover(State<TXN, CONTEXT> restored) {
        userContext = restored.getContext();
        List<TXN> handled = new ArrayList<>();
        for (TransactionHolder<TXN> ready : restored.getPendingCommitTransactions()) {
            handled.add(ready.handle());
            try {
                recoverAndCommit(ready.handle());
            } catch (RuntimeException e) {
                ignoreIfLate(ready, e);
            }
        }
        TransactionHolder<TXN> written = restored.getPendingTransaction();
        if (written != null) {
            handled.add(written.handle());
            recoverAndAbort(written.handle());
        }
        if (userContext.isPresent()) {
            finishRecoveringContext(handled);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (current != null) {
            preCommit(current.handle());
            pendingCommitTransactions.put(context.getCheckpointId(), current);
        }
        current = finished ? null : begin();
        state.update(
                List.of(
                        new State<>(
                                current,
                                List.copyOf(pendingCommitTransactions.values()),
                                userContext)));
    }

    /** Not each checkpoint is told of: one that is complete stands for all before it. */
    @Override
    public final void notifyCheckpointComplete(long checkpointId) throws Exception {
        RuntimeException failure = null;
        Iterator<Map.Entry<Long, TransactionHolder<TXN>>> all =
                pendingCommitTransactions.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, TransactionHolder<TXN>> ready = all.next();
            if (ready.getKey() > checkpointId) {
                continue;
            }
            warnIfLate(ready.getValue());
            try {
                commit(ready.getValue().handle());
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
            all.remove();
        }
        if (failure != null) {
            throw new FlinkRuntimeException(
                    "A transaction of checkpoint "
                            + checkpointId
                            + " or before could not be committed; it is committed again after the"
                            + " restart from that checkpoint.",
                    failure);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) {}

    @Override
    public void close() throws Exception {
        super.close();
        TransactionHolder<TXN> open = current;
        current = null;
        if (open != null) {
            abort(open.handle());
        }
    }

    /** How long the other side keeps a transaction that is not committed, in milliseconds. */
    protected TwoPhaseCommitSinkFunction<IN, TXN, CONTEXT> setTransactionTimeout(
            long transactionTimeout) {
        if (transactionTimeout < 0) {
            throw new IllegalArgumentException(
                    "The time-out of a transaction is " + transactionTimeout + " ms.");
        }
        this.transactionTimeout = transactionTimeout;
        return this;
    }

    /**
     * A restored transaction that cannot be committed and is older than the time-out is logged and
     * given up, with its data, instead of failing the job for ever.
     */
    protected TwoPhaseCommitSinkFunction<IN, TXN, CONTEXT> ignoreFailuresAfterTransactionTimeout() {
        ignoresFailuresAfterTimeout = true;
        return this;
    }

    /**
     * Warns when a transaction is committed that is older than a part of the time-out.
     *
     * @param warningRatio 0 to 1
     */
    protected TwoPhaseCommitSinkFunction<IN, TXN, CONTEXT> enableTransactionTimeoutWarnings(
            double warningRatio) {
        if (!(warningRatio >= 0 && warningRatio <= 1)) {
            throw new IllegalArgumentException(
                    "The ratio for warnings is " + warningRatio + ", but must be 0 to 1.");
        }
        this.warningRatio = warningRatio;
        return this;
    }

    private TransactionHolder<TXN> begin() throws Exception {
        return new TransactionHolder<>(beginTransaction(), nowMs());
    }

    private void warnIfLate(TransactionHolder<TXN> transaction) {
        long elapsedMs = nowMs() - transaction.startMs();
        if (warningRatio >= 0 && elapsedMs > transactionTimeout * warningRatio) {
            LOG.warn(
                    "A transaction is near its time-out: transaction={} age_ms={} timeout_ms={}",
                    transaction.handle(),
                    elapsedMs,
                    transactionTimeout);
        }
    }

    private void ignoreIfLate(TransactionHolder<TXN> transaction, RuntimeException failure) {
        long elapsedMs = nowMs() - transaction.startMs();
        if (!ignoresFailuresAfterTimeout || elapsedMs <= transactionTimeout) {
            throw failure;
        }
        LOG.error(
                "Data is lost: a transaction of a durable checkpoint could not be committed and is"
                        + " past its time-out: transaction={} age_ms={} timeout_ms={}",
                transaction.handle(),
                elapsedMs,
                transactionTimeout,
                failure);
    }

    private long nowMs() {
        if (clock == null) {
            clock = Clock.systemUTC();
        }
        return clock.millis();
    }

    private int subtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }
}
