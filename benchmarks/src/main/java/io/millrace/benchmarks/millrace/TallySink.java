package io.millrace.benchmarks.millrace;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.benchmarks.job.Tally;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/** Adds up the checksums of its records; the sum stays behind in a file. */
final class TallySink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    /** From a record to its checksum. */
    interface Checksum<T> extends ToLongFunction<T>, Serializable {}

    private final String name;
    private final Checksum<T> checksum;
    private final String results;

    TallySink(String name, Checksum<T> checksum, Path results) {
        this.name = name;
        this.checksum = checksum;
        this.results = results.toString();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        String file = name + "-" + context.getTaskInfo().getIndexOfThisSubtask();
        Tally tally = new Tally();
        return new SinkWriter<>() {
            @Override
            public void write(T record, Context about) {
                tally.add(checksum.applyAsLong(record));
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
