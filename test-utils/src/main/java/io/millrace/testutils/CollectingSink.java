package io.millrace.testutils;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.util.List;
import java.util.UUID;

/**
 * A sink that keeps what it gets, for tests in the process of the cluster. The records are kept as
 * they come, so a program that changes a record after it was emitted is seen doing so.
 *
 * <p>Nothing is taken back when a job starts again after a failure: a record that is written twice
 * is there twice.
 */
public final class CollectingSink<T> implements Sink<T>, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final UUID id = Collected.open();

    /** A copy of what all subtasks got so far, in the order of arrival. */
    public List<T> results() {
        return Collected.of(id);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new Writer<>(id);
    }

    /** Forgets the results. */
    @Override
    public void close() {
        Collected.forget(id);
    }

    /** Adds to the records of the sink. Confined to its task. */
    private record Writer<T>(UUID id) implements SinkWriter<T> {
        @Override
        public void write(T element, Context context) {
            Collected.add(id, element);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
