package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.job.Tally;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Measures how old records are when they arrive. */
final class LatencySink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    /** From a record to a number, such as the time of {@link System#nanoTime} when it was there. */
    interface Stamp<T> extends ToLongFunction<T>, Serializable {}

    private final Stamp<T> stamp;
    private final Stamp<T> records;
    private final String results;

    LatencySink(Stamp<T> stamp, Path results) {
        this(stamp, record -> 1, results);
    }

    /**
     * @param records how many records of the source a result stands for
     */
    LatencySink(Stamp<T> stamp, Stamp<T> records, Path results) {
        this.stamp = stamp;
        this.records = records;
        this.results = results.toString();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        String file = "latency-" + context.getTaskInfo().getIndexOfThisSubtask();
        Tally tally = new Tally();
        return new SinkWriter<>() {
            @Override
            public void write(T record, Context about) {
                tally.addLatency(
                        System.nanoTime() - stamp.applyAsLong(record), records.applyAsLong(record));
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {
                tally.leave(Path.of(results), file);
            }
        };
    }
}
