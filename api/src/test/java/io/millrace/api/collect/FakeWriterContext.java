package io.millrace.api.collect;

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

/** One of four subtasks of a job. */
record FakeWriterContext(int subtask, int attempt) implements WriterInitContext {
    @Override
    public JobInfo getJobInfo() {
        return new JobInfo() {
            @Override
            public JobID getJobId() {
                return new JobID(1, 2);
            }

            @Override
            public String getJobName() {
                return "job";
            }
        };
    }

    @Override
    public TaskInfo getTaskInfo() {
        return new TaskInfo() {
            @Override
            public String getTaskName() {
                return "Collect";
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
                return 4;
            }

            @Override
            public int getAttemptNumber() {
                return attempt;
            }
        };
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return FakeWriterContext.class::getClassLoader;
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
    @SuppressWarnings("unchecked")
    public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
        return (ValueCodec<T>) new FakeExecutor.TextCodec();
    }
}
