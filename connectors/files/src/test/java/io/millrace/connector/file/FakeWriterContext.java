package io.millrace.connector.file;

import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.stream.JobID;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/** The only subtask of a job. */
final class FakeWriterContext implements WriterInitContext, JobInfo, TaskInfo {
    private final JobID job = new JobID();
    private final ManualTimers timers;

    FakeWriterContext(ManualTimers timers) {
        this.timers = timers;
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        throw new UnsupportedOperationException("no mailbox in this test");
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return timers;
    }

    @Override
    public JobInfo getJobInfo() {
        return this;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return this;
    }

    @Override
    public JobID getJobId() {
        return job;
    }

    @Override
    public String getJobName() {
        return "job";
    }

    @Override
    public String getTaskName() {
        return "sink";
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return 1;
    }

    @Override
    public int getIndexOfThisSubtask() {
        return 0;
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return 1;
    }

    @Override
    public int getAttemptNumber() {
        return 0;
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return FakeWriterContext.class::getClassLoader;
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        throw new UnsupportedOperationException("no metrics in this test");
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        throw new UnsupportedOperationException("no schemas in this test");
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return false;
    }

    @Override
    public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
        throw new UnsupportedOperationException("no codecs in this test");
    }
}
