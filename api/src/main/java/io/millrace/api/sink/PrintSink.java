package io.millrace.api.sink;

import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Prints each record's text to the output of the worker, with the subtask's number if there are
 * many.
 */
public class PrintSink<IN> implements Sink<IN>, SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    /** Before each record; empty for nothing. */
    private final String sinkIdentifier;

    private final boolean stdErr;

    public PrintSink() {
        this("");
    }

    /**
     * @param stdErr to the error output
     */
    public PrintSink(boolean stdErr) {
        this("", stdErr);
    }

    public PrintSink(String sinkIdentifier) {
        this(sinkIdentifier, false);
    }

    public PrintSink(String sinkIdentifier, boolean stdErr) {
        this.sinkIdentifier = sinkIdentifier;
        this.stdErr = stdErr;
    }

    @Override
    public SinkWriter<IN> createWriter(WriterInitContext context) throws IOException {
        String prefix =
                prefix(
                        sinkIdentifier,
                        context.getTaskInfo().getIndexOfThisSubtask(),
                        context.getTaskInfo().getNumberOfParallelSubtasks());
        return new PrintWriter<>(prefix, stdErr ? System.err : System.out);
    }

    /** {@code id:2> }, {@code id> }, {@code 2> } or nothing; subtasks count from 1. */
    static String prefix(String identifier, int subtask, int parallelism) {
        String number = parallelism > 1 ? String.valueOf(subtask + 1) : "";
        String separator = identifier.isEmpty() || number.isEmpty() ? "" : ":";
        String text = identifier + separator + number;
        return text.isEmpty() ? "" : text + "> ";
    }

    @Override
    public String toString() {
        return "Print to " + (stdErr ? "System.err" : "System.out");
    }

    /** Prints. Confined to its task. */
    private static final class PrintWriter<IN> implements SinkWriter<IN> {
        private final String prefix;
        private final PrintStream out;

        PrintWriter(String prefix, PrintStream out) {
            this.prefix = prefix;
            this.out = out;
        }

        @Override
        public void write(IN element, Context context) {
            out.println(prefix + element);
        }

        @Override
        public void flush(boolean endOfInput) {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
