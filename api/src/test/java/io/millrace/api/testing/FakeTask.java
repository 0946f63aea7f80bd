package io.millrace.api.testing;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.JobInfo;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.option.Config;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.RichWriterInitContext;
import io.millrace.api.stream.JobID;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/** A subtask of a job. */
public record FakeTask(
        JobID job,
        String operator,
        int subtask,
        int parallelism,
        Config config,
        FakeMetrics metrics)
        implements RichWriterInitContext, JobInfo, TaskInfo {
    /** The only subtask of the sink of a new job. */
    public static FakeTask only() {
        return of(new JobID(), "sink", 0, 1);
    }

    public static FakeTask of(JobID job, String operator, int subtask, int parallelism) {
        return new FakeTask(job, operator, subtask, parallelism, Config.empty(), new FakeMetrics());
    }

    @Override
    public String operatorIdentity() {
        return operator;
    }

    @Override
    public RuntimeContext getRuntimeContext() {
        throw new UnsupportedOperationException("no functions in this test");
    }

    @Override
    public FunctionHost functions() {
        throw new UnsupportedOperationException("no functions in this test");
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        throw new UnsupportedOperationException("no mailbox in this test");
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        throw new UnsupportedOperationException("no timers in this test");
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
        return 128;
    }

    @Override
    public int getIndexOfThisSubtask() {
        return subtask;
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return parallelism;
    }

    @Override
    public int getAttemptNumber() {
        return 0;
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return FakeTask.class::getClassLoader;
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return metrics.group();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        return new SerializationSchema.InitializationContext() {
            @Override
            public MetricGroup getMetricGroup() {
                return metricGroup();
            }

            @Override
            public UserCodeClassLoader getUserCodeClassLoader() {
                return FakeTask.this.getUserCodeClassLoader();
            }
        };
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
