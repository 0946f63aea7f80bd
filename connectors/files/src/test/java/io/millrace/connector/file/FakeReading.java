package io.millrace.connector.file;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.time.Watermark;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.util.ArrayList;
import java.util.List;

/** The task and the output of a reader; keeps the records. */
final class FakeReading<T> implements SourceReaderContext, ReaderOutput<T> {
    final List<T> records = new ArrayList<>();

    /** Reads the splits to their end. */
    <SplitT extends FileSourceSplit> List<T> read(
            AbstractFileSource<T, SplitT> source, List<SplitT> splits) throws Exception {
        try (SourceReader<T, SplitT> reader = source.createReader(this)) {
            reader.start();
            reader.addSplits(splits);
            reader.notifyNoMoreSplits();
            InputStatus status;
            do {
                status = reader.pollNext(this);
            } while (status == InputStatus.MORE_AVAILABLE);
            if (status != InputStatus.END_OF_INPUT) {
                throw new IllegalStateException("stands at " + status);
            }
        }
        return records;
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
        throw new UnsupportedOperationException("no metrics in this test");
    }

    @Override
    public Configuration getConfiguration() {
        return new Configuration();
    }

    @Override
    public String getLocalHostName() {
        return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
        return 0;
    }

    @Override
    public void sendSplitRequest() {}

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {}

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return FakeReading.class::getClassLoader;
    }

    @Override
    public int currentParallelism() {
        return 1;
    }

    @Override
    public <V> ValueCodec<V> createValueCodec(TypeInformation<V> type) {
        throw new UnsupportedOperationException("no codecs in this test");
    }

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
