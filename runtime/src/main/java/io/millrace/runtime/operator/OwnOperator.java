package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.AbstractStreamOperatorFactory;
import io.millrace.api.operator.AbstractUdfStreamOperator;
import io.millrace.api.operator.CheckpointedStreamOperator;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.operator.OperatorID;
import io.millrace.api.operator.StreamConfig;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.operator.StreamOperatorParameters;
import io.millrace.api.operator.YieldingOperatorFactory;
import io.millrace.api.state.CheckpointListener;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A program's own operator with what the engine gives it: its task, its output, its timers.
 * Confined to its task.
 *
 * @param operator set up, not yet open
 */
record OwnOperator<T>(T operator, OwnTask task, OperatorContext context) {
    private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{32}");

    /**
     * @param type what the operator must be
     * @param keys one for each input; null where it is not keyed
     */
    static <T> OwnOperator<T> make(
            Class<T> type,
            StreamOperatorFactory<?> factory,
            OperatorContext context,
            Receiver next,
            KeySelector<?, ?>... keys) {
        boolean keyed = Arrays.stream(keys).anyMatch(Objects::nonNull);
        OwnTask task = new OwnTask(context, keyed ? context.keyedBy(keys) : null);
        try {
            StreamOperator<Object> operator =
                    create(
                            factory,
                            task,
                            new StreamConfig(context.name(), idOf(context), keys),
                            new OwnOutput(next, context.sideOutputs()),
                            context.mailbox());
            return new OwnOperator<>(type.cast(operator), task, context);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @SuppressWarnings({"unchecked", "deprecation"}) // records are objects; factories of old
    private static StreamOperator<Object> create(
            StreamOperatorFactory<?> factory,
            OwnTask task,
            StreamConfig config,
            OwnOutput output,
            MailboxExecutor mailbox) {
        if (factory instanceof AbstractStreamOperatorFactory<?> known) {
            known.setProcessingTimeService(task.getProcessingTimeService());
            known.setMailboxExecutor(mailbox);
        }
        if (factory instanceof YieldingOperatorFactory<?> yielding) {
            yielding.setMailboxExecutor(mailbox);
        }
        return ((StreamOperatorFactory<Object>) factory)
                .createStreamOperator(
                        new StreamOperatorParameters<>(
                                task, config, output, task::getProcessingTimeService, mailbox));
    }

    private static OperatorID idOf(OperatorContext context) {
        String identity = context.identity();
        if (HASH.matcher(identity).matches()) {
            return new OperatorID(HexFormat.of().parseHex(identity));
        }
        UUID id = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
        return new OperatorID(id.getLeastSignificantBits(), id.getMostSignificantBits());
    }

    /** Lets the operator ask for its states, then opens it. */
    void open() throws Exception {
        if (operator instanceof CheckpointedStreamOperator checkpointed) {
            checkpointed.initializeState(
                    new InitializationScope(context, context.functions().states()));
        }
        streamOperator().open();
    }

    /** At a barrier, before anything is saved. */
    void beforeSnapshot(long checkpointId) throws Exception {
        streamOperator().prepareSnapshotPreBarrier(checkpointId);
    }

    /** At a barrier: the operator puts what it holds into its states, or writes it. */
    void snapshot(SnapshotTurn turn) throws Exception {
        if (operator instanceof CheckpointedStreamOperator checkpointed) {
            SnapshotScope scope = new SnapshotScope(context, turn);
            checkpointed.snapshotState(scope);
            scope.finish();
        }
    }

    void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        if (complete) {
            streamOperator().notifyCheckpointComplete(checkpointId);
        } else {
            streamOperator().notifyCheckpointAborted(checkpointId);
        }
    }

    /** Whether the operator, or its function, wants to hear of checkpoints that are complete. */
    boolean listens() {
        if (operator instanceof AbstractUdfStreamOperator<?, ?> calling
                && calling.getUserFunction() instanceof CheckpointListener) {
            return true;
        }
        try {
            Class<?> by =
                    operator.getClass()
                            .getMethod("notifyCheckpointComplete", long.class)
                            .getDeclaringClass();
            return by != StreamOperator.class
                    && by != AbstractStreamOperator.class
                    && by != AbstractUdfStreamOperator.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every operator has it", e);
        }
    }

    private StreamOperator<?> streamOperator() {
        return (StreamOperator<?>) operator;
    }

    /** All time of the current key passes, and all that it has is forgotten. */
    void endKey() {
        task.endKey();
        context.endKey();
    }

    /** In a batch job all time passes at the end; in a streaming job what is left never comes. */
    void endTime(ExecutionMode mode) {
        if (mode == ExecutionMode.BATCH) {
            task.fireAllOfProcessingTime();
        }
        task.getProcessingTimeService().quiesce();
    }
}
