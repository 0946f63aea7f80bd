package io.millrace.api.source.ratelimit;

import io.millrace.api.function.OutputTag;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.time.Watermark;
import java.util.HashMap;
import java.util.Map;

/** Passes everything on and counts the records. Confined to its task. */
final class CountingOutput<E> implements ReaderOutput<E> {
    private final ReaderOutput<E> behind;
    private final Map<String, SourceOutput<E>> splits = new HashMap<>();
    private int records;

    CountingOutput(ReaderOutput<E> behind) {
        this.behind = behind;
    }

    boolean isInFrontOf(ReaderOutput<E> output) {
        return behind == output;
    }

    /** Records since the last call. */
    int takeCount() {
        int counted = records;
        records = 0;
        return counted;
    }

    @Override
    public void collect(E record) {
        records++;
        behind.collect(record);
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record, long timestamp) {
        behind.output(tag, record, timestamp);
    }

    @Override
    public void collect(E record, long timestamp) {
        records++;
        behind.collect(record, timestamp);
    }

    @Override
    public SourceOutput<E> createOutputForSplit(String splitId) {
        return splits.computeIfAbsent(
                splitId, id -> new SplitOutput(behind.createOutputForSplit(id)));
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        splits.remove(splitId);
        behind.releaseOutputForSplit(splitId);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        behind.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
        behind.markIdle();
    }

    @Override
    public void markActive() {
        behind.markActive();
    }

    /** The same for one split. */
    private final class SplitOutput implements SourceOutput<E> {
        private final SourceOutput<E> split;

        SplitOutput(SourceOutput<E> split) {
            this.split = split;
        }

        @Override
        public void collect(E record) {
            records++;
            split.collect(record);
        }

        @Override
        public void collect(E record, long timestamp) {
            records++;
            split.collect(record, timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            split.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            split.markIdle();
        }

        @Override
        public void markActive() {
            split.markActive();
        }
    }
}
