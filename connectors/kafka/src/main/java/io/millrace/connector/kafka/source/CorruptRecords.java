package io.millrace.connector.kafka.source;

import io.millrace.api.function.OutputTag;
import java.io.Serializable;
import java.util.Objects;

/** What a source does with records that its schema cannot read. Immutable. */
public final class CorruptRecords implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What is to be done. */
    enum Action {
        FAIL,
        SKIP,
        SIDE_OUTPUT
    }

    private final Action action;

    /** Null without a side output. */
    private final OutputTag<CorruptRecord> tag;

    private CorruptRecords(Action action, OutputTag<CorruptRecord> tag) {
        this.action = action;
        this.tag = tag;
    }

    /** The job ends with {@code INPUT_MALFORMED}: topic, partition, offset. The default. */
    public static CorruptRecords fail() {
        return new CorruptRecords(Action.FAIL, null);
    }

    /** They are passed over; {@code numRecordsInErrors} counts them, the log names the first. */
    public static CorruptRecords skip() {
        return new CorruptRecords(Action.SKIP, null);
    }

    /** As {@link #skip}, and they go to {@code stream.getSideOutput(tag)}. */
    public static CorruptRecords toSideOutput(OutputTag<CorruptRecord> tag) {
        return new CorruptRecords(Action.SIDE_OUTPUT, Objects.requireNonNull(tag, "tag"));
    }

    Action action() {
        return action;
    }

    OutputTag<CorruptRecord> tag() {
        return tag;
    }

    @Override
    public String toString() {
        return action.toString();
    }
}
