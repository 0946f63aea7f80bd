package io.millrace.testutils.connector;

import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SinkCommitterMetricGroup;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.serialization.SchemaContext;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.stream.JobID;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.lang.reflect.Proxy;
import java.util.concurrent.ScheduledFuture;

/** The job and the only subtask that a sink's parts see; its time stands still. Immutable. */
record ContractScope(JobID job, int attempt)
        implements WriterInitContext, JobInfo, TaskInfo, ProcessingTimeService {
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
        return "contract";
    }

    @Override
    public String getTaskName() {
        return "sink";
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return 128;
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
        return attempt;
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return ContractScope.class::getClassLoader;
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return this;
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        throw new UnsupportedOperationException(
                "No mail comes in the contract of sinks: test writers with threads of their own in"
                        + " a job.");
    }

    /** The same job and subtask, as a committer sees them. */
    CommitterInitContext committer() {
        return new OfCommitter(this);
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return AnyMetrics.of(SinkWriterMetricGroup.class);
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        return new SchemaContext(metricGroup(), getUserCodeClassLoader());
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return false;
    }

    @Override
    public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
        throw new UnsupportedOperationException(
                "No codecs are made in the contract of sinks: test the sink in a job.");
    }

    @Override
    public long getCurrentProcessingTime() {
        return 0;
    }

    /** Never due. */
    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        return (ScheduledFuture<?>)
                Proxy.newProxyInstance(
                        ContractScope.class.getClassLoader(),
                        new Class<?>[] {ScheduledFuture.class},
                        (proxy, method, arguments) ->
                                method.getReturnType() == boolean.class
                                        ? "cancel".equals(method.getName())
                                        : method.getReturnType() == long.class
                                                ? Long.MAX_VALUE
                                                : 0);
    }

    /** What a committer sees. Immutable. */
    private record OfCommitter(ContractScope scope) implements CommitterInitContext {
        @Override
        public JobInfo getJobInfo() {
            return scope;
        }

        @Override
        public TaskInfo getTaskInfo() {
            return scope;
        }

        @Override
        public SinkCommitterMetricGroup metricGroup() {
            return AnyMetrics.of(SinkCommitterMetricGroup.class);
        }
    }
}
