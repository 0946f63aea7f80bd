package io.millrace.connector.kafka.source;

import io.millrace.api.function.OutputTag;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.ChunkedReader;
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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A reader with its task and its output, which keeps what comes. */
final class Reading<T> implements SourceReaderContext, ReaderOutput<T>, AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    final List<T> records = new ArrayList<>();
    final List<Long> timestamps = new ArrayList<>();
    final List<Object> side = new ArrayList<>();
    final TreeSet<String> outputs = new TreeSet<>();
    final Measured metrics = new Measured();
    final SourceReader<T, KafkaPartitionSplit> reader;

    Reading(KafkaSource<T> source) throws Exception {
        reader = source.createReader(this);
        reader.start();
    }

    /** Reads what a bounded source has, as one subtask. */
    static <T> Reading<T> all(KafkaSource<T> source) throws Exception {
        Enumeration context = new Enumeration(1);
        try (KafkaSourceEnumerator enumerator =
                        (KafkaSourceEnumerator) source.createEnumerator(context);
                Reading<T> reading = new Reading<>(source)) {
            enumerator.start();
            context.register(enumerator);
            reading.reader.addSplits(context.splits());
            if (!context.ended.isEmpty()) {
                reading.reader.notifyNoMoreSplits();
            }
            reading.toTheEnd();
            return reading;
        }
    }

    void toTheEnd() throws Exception {
        until(() -> false);
    }

    /** Reads until so many records have come in all. */
    Reading<T> until(int count) throws Exception {
        until(() -> records.size() >= count);
        return this;
    }

    /** Reads one by one until it is so, or the reader says that it has come to its end. */
    @SuppressWarnings("unchecked") // a reader reads its own records
    void until(BooleanSupplier done) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!done.getAsBoolean()) {
            InputStatus status = ((ChunkedReader<T>) reader).read(this, 1);
            if (status == InputStatus.END_OF_INPUT) {
                return;
            }
            if (status == InputStatus.NOTHING_AVAILABLE) {
                long left = deadline - System.nanoTime();
                try {
                    // The client's answers to commits come without records.
                    reader.isAvailable().get(Math.min(left, 50_000_000), TimeUnit.NANOSECONDS);
                } catch (java.util.concurrent.TimeoutException e) {
                    if (left < 0) {
                        throw new AssertionError(
                                "nothing came for "
                                        + DEADLINE_SECONDS
                                        + " s after "
                                        + records.size()
                                        + " records",
                                e);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
        return metrics;
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
    public void sendSplitRequest() {
        throw new UnsupportedOperationException("partitions are not asked for");
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
        throw new UnsupportedOperationException("readers say nothing");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return Reading.class::getClassLoader;
    }

    @Override
    public int currentParallelism() {
        return 1;
    }

    @Override
    public <V> ValueCodec<V> createValueCodec(TypeInformation<V> type) {
        throw new UnsupportedOperationException("records are not copied");
    }

    @Override
    public void collect(T record) {
        collect(record, Long.MIN_VALUE);
    }

    @Override
    public void collect(T record, long timestamp) {
        records.add(record);
        timestamps.add(timestamp);
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record, long timestamp) {
        side.add(record);
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        outputs.add(splitId);
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        outputs.remove(splitId);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
}
