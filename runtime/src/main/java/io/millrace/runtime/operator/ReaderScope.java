package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.RichSourceReaderContext;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.serde.ValueCodecs;

/** The task as a source reader sees it. Confined to the task. */
final class ReaderScope extends RichSourceReaderContext {
    private final TaskScope scope;
    private final int operatorIndex;
    private final FunctionScope functionScope;
    private final FunctionHost functions;

    ReaderScope(
            TaskScope scope,
            int operatorIndex,
            FunctionScope functionScope,
            FunctionHost functions) {
        setRuntimeContext(functionScope);
        this.scope = scope;
        this.operatorIndex = operatorIndex;
        this.functionScope = functionScope;
        this.functions = functions;
    }

    @Override
    public FunctionHost functions() {
        return functions;
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
        return functionScope.getMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
        return Configuration.fromMap(scope.config().toMap());
    }

    @Override
    public String getLocalHostName() {
        return scope.host();
    }

    @Override
    public int getIndexOfSubtask() {
        return scope.attempt().subtask();
    }

    @Override
    public void sendSplitRequest() {
        scope.toCoordinator()
                .accept(
                        new ToCoordinator.SplitRequested(
                                scope.attempt(), operatorIndex, scope.host()));
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
        byte[] event = JavaSerialization.write(sourceEvent, scope.vertex().name());
        scope.toCoordinator()
                .accept(new ToCoordinator.ReaderEvent(scope.attempt(), operatorIndex, event));
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return scope.services().job();
    }

    @Override
    public int currentParallelism() {
        return scope.vertex().parallelism();
    }

    @Override
    public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
        return ValueCodecs.of(type, scope.userLoader());
    }
}
