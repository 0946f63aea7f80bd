package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.JobInfo;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.option.Config;
import io.millrace.api.serialization.SchemaContext;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.RichWriterInitContext;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import io.millrace.runtime.serde.ValueCodecs;

/** The task as a sink writer sees it. Confined to the task. */
final class WriterScope implements RichWriterInitContext {
    private final FunctionScope scope;
    private final String identity;
    private final Config config;
    private final ProcessingTimeService timers;
    private final MailboxExecutor mailbox;
    private final FunctionHost functions;

    WriterScope(
            FunctionScope scope,
            String identity,
            Config config,
            ProcessingTimeService timers,
            MailboxExecutor mailbox,
            FunctionHost functions) {
        this.scope = scope;
        this.identity = identity;
        this.config = config;
        this.mailbox = mailbox;
        this.functions = functions;
        this.timers = timers;
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return timers;
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        return mailbox;
    }

    @Override
    public FunctionHost functions() {
        return functions;
    }

    @Override
    public RuntimeContext getRuntimeContext() {
        return scope;
    }

    @Override
    public String operatorIdentity() {
        return identity;
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public JobInfo getJobInfo() {
        return scope;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return scope;
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return scope.userCode();
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return scope.getMetricGroup();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        return new SchemaContext(scope.getMetricGroup(), getUserCodeClassLoader());
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return scope.isObjectReuseEnabled();
    }

    @Override
    public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
        return ValueCodecs.of(type, scope.getUserCodeClassLoader());
    }
}
