package io.millrace.api.sink;

import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.util.Objects;

/**
 * Writes records with an output format. What is written is written again by a later attempt.
 *
 * @deprecated use a {@link Sink}
 */
@Deprecated
public class OutputFormatSinkFunction<IN> extends RichSinkFunction<IN> {
    private static final long serialVersionUID = 1L;

    private final OutputFormat<IN> format;
    private transient boolean configured;

    public OutputFormatSinkFunction(OutputFormat<IN> format) {
        this.format = Objects.requireNonNull(format);
    }

    public OutputFormat<IN> getFormat() {
        return format;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        if (format instanceof RichOutputFormat<?> rich) {
            rich.setRuntimeContext(context);
        }
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        super.open(openContext);
        configured = true;
        format.configure(new Configuration());
        TaskInfo task = getRuntimeContext().getTaskInfo();
        if (format instanceof InitializeOnMaster once && task.getIndexOfThisSubtask() == 0) {
            once.initializeGlobal(task.getNumberOfParallelSubtasks());
        }
        format.open(new Subtask(task));
    }

    @Override
    public void invoke(IN record) throws Exception {
        try {
            format.writeRecord(record);
        } catch (Exception e) {
            cleanUp(e);
            throw e;
        }
    }

    private void cleanUp(Exception failure) {
        try {
            close();
            if (format instanceof CleanupWhenUnsuccessful cleaning) {
                cleaning.tryCleanupOnError();
            }
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (configured) {
            configured = false;
            format.close();
        }
    }

    /** The subtask as a format sees it. */
    private record Subtask(TaskInfo task) implements OutputFormat.InitializationContext {
        @Override
        public int getNumTasks() {
            return task.getNumberOfParallelSubtasks();
        }

        @Override
        public int getTaskNumber() {
            return task.getIndexOfThisSubtask();
        }

        @Override
        public int getAttemptNumber() {
            return task.getAttemptNumber();
        }
    }
}
