package io.millrace.api.sink;

import io.millrace.api.function.OpenContext;
import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.function.TaskInfo;
import java.io.PrintStream;

/**
 * Prints each record's text to the output of the worker, with the subtask's number if there are
 * many.
 *
 * @deprecated use {@link PrintSink}
 */
@Deprecated
public class PrintSinkFunction<IN> extends RichSinkFunction<IN>
        implements SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    private final String sinkIdentifier;
    private final boolean stdErr;
    private transient String prefix;
    private transient PrintStream out;

    public PrintSinkFunction() {
        this("", false);
    }

    /**
     * @param stdErr to the error output
     */
    public PrintSinkFunction(boolean stdErr) {
        this("", stdErr);
    }

    /**
     * @param sinkIdentifier before each record; empty for nothing
     */
    public PrintSinkFunction(String sinkIdentifier, boolean stdErr) {
        this.sinkIdentifier = sinkIdentifier;
        this.stdErr = stdErr;
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        super.open(openContext);
        TaskInfo task = getRuntimeContext().getTaskInfo();
        prefix =
                PrintSink.prefix(
                        sinkIdentifier,
                        task.getIndexOfThisSubtask(),
                        task.getNumberOfParallelSubtasks());
        out = stdErr ? System.err : System.out;
    }

    @Override
    public void invoke(IN record) {
        out.println(prefix + record);
    }

    @Override
    public String toString() {
        return "Print to " + (stdErr ? "System.err" : "System.out");
    }
}
