package io.millrace.runtime.operator;

import io.millrace.api.accumulator.Accumulator;
import io.millrace.api.accumulator.DoubleCounter;
import io.millrace.api.accumulator.Histogram;
import io.millrace.api.accumulator.IntCounter;
import io.millrace.api.accumulator.LongCounter;
import io.millrace.api.file.DistributedCache;
import io.millrace.api.function.BroadcastVariableInitializer;
import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.operator.StreamingRuntimeContext;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.resource.ExternalResourceInfo;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.JobID;
import io.millrace.runtime.accumulator.OperatorAccumulators;
import io.millrace.runtime.metrics.OperatorGroup;
import io.millrace.runtime.plan.ChainedOperator;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The task as a user's function sees it. Confined to the task. */
final class FunctionScope extends StreamingRuntimeContext implements JobInfo, TaskInfo {
    private final TaskScope scope;
    private final ChainedOperator operator;
    private OperatorAccumulators accumulators; // null until first asked for
    private ExecutionConfig executionConfig;

    FunctionScope(TaskScope scope, ChainedOperator operator) {
        this.scope = scope;
        this.operator = operator;
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
        return JobID.fromHexString(scope.attempt().jobId().hex());
    }

    @Override
    public String getJobName() {
        return scope.jobName();
    }

    @Override
    public String getTaskName() {
        return scope.vertex().name();
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return scope.vertex().maxParallelism();
    }

    @Override
    public int getIndexOfThisSubtask() {
        return scope.attempt().subtask();
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return scope.vertex().parallelism();
    }

    @Override
    public int getAttemptNumber() {
        return scope.attempt().attempt();
    }

    @Override
    public String getTaskNameWithSubtasks() {
        return TaskInfo.super.getTaskNameWithSubtasks();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return scope.userLoader();
    }

    @Override
    public ExecutionConfig getExecutionConfig() {
        if (executionConfig == null) {
            executionConfig =
                    new ExecutionConfig(scope.config(), scope.services().job().parameters());
        }
        return executionConfig;
    }

    @Override
    public Map<String, String> getGlobalJobParameters() {
        return scope.config().find(ProgramOptions.GLOBAL_JOB_PARAMETERS).orElse(Map.of());
    }

    @Override
    public String getAllocationIDAsString() {
        return scope.host() + "/" + scope.attempt();
    }

    @Override
    public void registerUserCodeClassLoaderReleaseHookIfAbsent(
            String releaseHookName, Runnable releaseHook) {
        userCode().registerReleaseHookIfAbsent(releaseHookName, releaseHook);
    }

    UserCodeClassLoader userCode() {
        return scope.services().job();
    }

    @Override
    public OperatorGroup getMetricGroup() {
        return scope.services().metrics().operator(operator.name(), operator.nodeId());
    }

    private OperatorAccumulators accumulators() {
        if (accumulators == null) {
            accumulators = scope.services().accumulators().of(operator.name());
        }
        return accumulators;
    }

    @Override
    public <V, A extends Serializable> void addAccumulator(
            String name, Accumulator<V, A> accumulator) {
        accumulators().add(name, accumulator);
    }

    @Override
    @SuppressWarnings("unchecked") // as the caller registered it
    public <V, A extends Serializable> Accumulator<V, A> getAccumulator(String name) {
        return (Accumulator<V, A>) accumulators().get(name);
    }

    @Override
    public IntCounter getIntCounter(String name) {
        return accumulators().getOrAdd(name, IntCounter.class, IntCounter::new);
    }

    @Override
    public LongCounter getLongCounter(String name) {
        return accumulators().getOrAdd(name, LongCounter.class, LongCounter::new);
    }

    @Override
    public DoubleCounter getDoubleCounter(String name) {
        return accumulators().getOrAdd(name, DoubleCounter.class, DoubleCounter::new);
    }

    @Override
    public Histogram getHistogram(String name) {
        return accumulators().getOrAdd(name, Histogram.class, Histogram::new);
    }

    @Override
    public DistributedCache getDistributedCache() {
        return scope.services().job().cache();
    }

    @Override
    public Set<ExternalResourceInfo> getExternalResourceInfos(String resourceName) {
        return Set.of();
    }

    @Override
    public boolean hasBroadcastVariable(String name) {
        return false;
    }

    @Override
    public <RT> List<RT> getBroadcastVariable(String name) {
        throw JobScope.noBroadcastVariables(name);
    }

    @Override
    public <T, C> C getBroadcastVariableWithInitializer(
            String name, BroadcastVariableInitializer<T, C> initializer) {
        throw JobScope.noBroadcastVariables(name);
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return scope.objectReuse();
    }
}
