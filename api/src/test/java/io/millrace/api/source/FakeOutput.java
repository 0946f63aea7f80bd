package io.millrace.api.source;

import io.millrace.api.time.Watermark;
import java.util.List;

/** Keeps the records. */
record FakeOutput<T>(List<T> records) implements ReaderOutput<T> {
    @Override
    public void collect(T record) {
        records.add(record);
    }

    @Override
    public void collect(T record, long timestamp) {
        records.add(record);
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
}
