package io.millrace.api.sink;

import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.io.Serializable;

/**
 * An older way to write records to an outside system. Life: {@code configure}, {@code open}, the
 * records, {@code close}, which is also called after a failure. Confined to the task.
 */
public interface OutputFormat<IT> extends Serializable {
    /** Called first, with an empty configuration. */
    void configure(Configuration parameters);

    /**
     * The older form.
     *
     * @param taskNumber from 0
     * @deprecated override {@link #open(InitializationContext)}
     */
    @Deprecated
    default void open(int taskNumber, int numTasks) throws IOException {
        throw new UnsupportedOperationException(
                getClass().getName() + " has no open: a format implements one of both forms.");
    }

    /** Called once, before the first record. The default calls the older form. */
    default void open(InitializationContext context) throws IOException {
        open(context.getTaskNumber(), context.getNumTasks());
    }

    void writeRecord(IT record) throws IOException;

    /** Called once, also after a failure. */
    void close() throws IOException;

    /** Which subtask the format runs in. */
    interface InitializationContext {
        int getNumTasks();

        /** From 0. */
        int getTaskNumber();

        /** From 0. */
        int getAttemptNumber();
    }
}
