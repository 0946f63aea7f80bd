package io.millrace.api.source.reader;

import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.time.Watermark;

/**
 * A split with its position and its output, which looks at each record for the end of the split.
 * Confined to the task.
 */
final class SplitInReading<T, SplitStateT> implements SourceOutput<T> {
    final String splitId;
    final SplitStateT state;

    private final RecordEvaluator<T> end; // null if no record ends a split
    private SourceOutput<T> output; // null before the first record
    private boolean ended;

    SplitInReading(String splitId, SplitStateT state, RecordEvaluator<T> end) {
        this.splitId = splitId;
        this.state = state;
        this.end = end;
    }

    /** Where its records go: to the split's own output, past this object if that adds nothing. */
    SourceOutput<T> output(ReaderOutput<T> all) {
        if (output == null) {
            output = all.createOutputForSplit(splitId);
        }
        return end == null ? output : this;
    }

    /** Whether a record has ended it. */
    boolean hasEnded() {
        return ended;
    }

    private boolean passes(T record) {
        ended = ended || end.isEndOfStream(record);
        return !ended;
    }

    @Override
    public void collect(T record) {
        if (passes(record)) {
            output.collect(record);
        }
    }

    @Override
    public void collect(T record, long timestamp) {
        if (passes(record)) {
            output.collect(record, timestamp);
        }
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        output.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
        output.markIdle();
    }

    @Override
    public void markActive() {
        output.markActive();
    }
}
