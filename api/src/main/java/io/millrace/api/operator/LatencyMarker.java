package io.millrace.api.operator;

import java.util.Objects;

/**
 * A mark that would travel with the records to measure how long they take. Streams carry none, and
 * one that an operator emits is dropped: latency is measured without marks between the records.
 * Immutable.
 */
public final class LatencyMarker {
    private final long markedTime;
    private final OperatorID operatorId;
    private final int subtaskIndex;

    /**
     * @param markedTime milliseconds since the epoch
     */
    public LatencyMarker(long markedTime, OperatorID operatorId, int subtaskIndex) {
        this.markedTime = markedTime;
        this.operatorId = operatorId;
        this.subtaskIndex = subtaskIndex;
    }

    public long getMarkedTime() {
        return markedTime;
    }

    public OperatorID getOperatorId() {
        return operatorId;
    }

    public int getSubtaskIndex() {
        return subtaskIndex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyMarker that
                && markedTime == that.markedTime
                && subtaskIndex == that.subtaskIndex
                && Objects.equals(operatorId, that.operatorId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(markedTime, operatorId, subtaskIndex);
    }

    @Override
    public String toString() {
        return "LatencyMarker{markedTime="
                + markedTime
                + ", operatorId="
                + operatorId
                + ", subtaskIndex="
                + subtaskIndex
                + "}";
    }
}
