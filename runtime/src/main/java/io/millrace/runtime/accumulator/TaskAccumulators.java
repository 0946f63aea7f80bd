package io.millrace.runtime.accumulator;

import io.millrace.api.accumulator.Accumulator;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.serde.JavaSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The accumulators of one task. Confined to the task, but for {@link #askForLive} and {@link
 * #published}.
 *
 * <p>A heartbeat asks; the task answers at the end of its next turn, since only it may read its
 * accumulators; the heartbeat after that carries the answer. So live values are one heartbeat old.
 */
public final class TaskAccumulators {
    /** Bytes of all accumulators of a finished task, serialized. */
    public static final int MAX_BYTES = 1 << 20;

    /** Bytes of those that are told while the task runs; the others are told at its end. */
    public static final int MAX_LIVE_BYTES = 32 << 10;

    private final List<OperatorAccumulators> operators = new ArrayList<>();
    // Set by the task when it has the first accumulator, read by heartbeats.
    private volatile boolean inUse;
    // Set by heartbeats, taken back by the task.
    private volatile boolean wanted;
    // Written by the task, read by heartbeats and by who tells the end.
    private volatile List<AccumulatorValue> published = List.of();

    /** The accumulators of a further operator. */
    public OperatorAccumulators of(String operator) {
        OperatorAccumulators made = new OperatorAccumulators(operator, () -> inUse = true);
        operators.add(made);
        return made;
    }

    /** Whether the task should be woken to answer. Any thread. */
    public boolean askForLive() {
        if (inUse) {
            wanted = true;
        }
        return inUse;
    }

    /** What was told last. Any thread. */
    public List<AccumulatorValue> published() {
        return published;
    }

    /** Answers if a heartbeat has asked; between two records. */
    public void publishIfWanted() {
        if (wanted) {
            wanted = false;
            published = values(MAX_LIVE_BYTES, true);
        }
    }

    /** What the task ends with: exact, and never changed again. */
    public void publishFinal() {
        if (inUse) {
            published = values(MAX_BYTES, false);
        }
    }

    private List<AccumulatorValue> values(int maxBytes, boolean live) {
        List<AccumulatorValue> values = new ArrayList<>();
        int left = maxBytes;
        for (OperatorAccumulators operator : operators) {
            for (Map.Entry<String, Accumulator<?, ?>> entry : operator.byName().entrySet()) {
                AccumulatorValue value =
                        value(operator.operator(), entry.getKey(), entry.getValue(), left);
                if (value.bytes() != null) {
                    left -= value.bytes().length;
                } else if (live) {
                    continue; // told at the end; writing stopped where it became too large
                }
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private static AccumulatorValue value(
            String operator, String name, Accumulator<?, ?> accumulator, int maxBytes) {
        try {
            byte[] bytes =
                    JavaSerialization.writeAtMost(
                            accumulator,
                            "accumulator '" + name + "' of '" + operator + "'",
                            maxBytes);
            return new AccumulatorValue(
                    operator,
                    name,
                    bytes,
                    bytes != null
                            ? null
                            : "has more than "
                                    + maxBytes
                                    + " bytes when serialized; the accumulators of one subtask may"
                                    + " have "
                                    + MAX_BYTES
                                    + ". Write large results to a sink.");
        } catch (MillraceException e) {
            return new AccumulatorValue(operator, name, null, e.getMessage());
        }
    }
}
