package io.millrace.api.stream;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.IdleOptions;
import io.millrace.api.option.Config;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.DescribedEnum;
import io.millrace.api.option.Option;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.option.description.InlineElement;
import io.millrace.api.option.description.TextElement;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.SerializerSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a program that its functions can see too. A typed view of text options, so that
 * it reaches the workers as part of the job's {@link Config}. Not thread-safe.
 */
public class ExecutionConfig implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Use the default parallelism. */
    public static final int PARALLELISM_DEFAULT = -1;

    /** The parallelism is not known yet. */
    public static final int PARALLELISM_UNKNOWN = -2;

    private final Configuration values;
    private final ProgramNotes notes = new ProgramNotes();
    private GlobalJobParameters globalJobParameters;

    public ExecutionConfig() {
        this(new Configuration());
    }

    /** A view: what is set here is set there. */
    ExecutionConfig(Configuration values) {
        this.values = values;
    }

    /** The settings of a job as its functions see them. */
    public ExecutionConfig(Config config) {
        this(Configuration.of(config));
    }

    /**
     * The same.
     *
     * @param parameters as the program registered them; null if it registered none
     */
    public ExecutionConfig(Config config, GlobalJobParameters parameters) {
        this(config);
        this.globalJobParameters = parameters;
    }

    private <T> Optional<T> find(Option<T> option) {
        return values.getOptional(ConfigOption.of(option)).or(option::defaultValue);
    }

    private <T> ExecutionConfig set(Option<T> option, T value) {
        option.parse(option.print(value));
        values.set(option, value);
        return this;
    }

    /** {@link #PARALLELISM_DEFAULT} if it is not set. */
    public int getParallelism() {
        return find(ProgramOptions.PARALLELISM).orElse(PARALLELISM_DEFAULT);
    }

    /**
     * @param parallelism at least 1, or {@link #PARALLELISM_DEFAULT} to set it back
     */
    public ExecutionConfig setParallelism(int parallelism) {
        if (parallelism == PARALLELISM_DEFAULT) {
            values.removeKey(ProgramOptions.PARALLELISM.key());
            return this;
        }
        return set(ProgramOptions.PARALLELISM, parallelism);
    }

    /** {@link #PARALLELISM_DEFAULT} if it is not set. */
    public int getMaxParallelism() {
        return find(ProgramOptions.MAX_PARALLELISM).orElse(PARALLELISM_DEFAULT);
    }

    public void setMaxParallelism(int maxParallelism) {
        set(ProgramOptions.MAX_PARALLELISM, maxParallelism);
    }

    /**
     * @param interval milliseconds between two periodic watermarks; 0 turns them off
     */
    public ExecutionConfig setAutoWatermarkInterval(long interval) {
        return set(ProgramOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(interval));
    }

    /** Milliseconds between two periodic watermarks; 0 if they are off. */
    public long getAutoWatermarkInterval() {
        return find(ProgramOptions.AUTO_WATERMARK_INTERVAL).orElseThrow().toMillis();
    }

    public ExecutionConfig enableObjectReuse() {
        return set(ProgramOptions.OBJECT_REUSE, true);
    }

    public ExecutionConfig disableObjectReuse() {
        return set(ProgramOptions.OBJECT_REUSE, false);
    }

    public boolean isObjectReuseEnabled() {
        return find(ProgramOptions.OBJECT_REUSE).orElseThrow();
    }

    /** Allows types of which only the class is known; the default. */
    public void enableGenericTypes() {
        set(ProgramOptions.GENERIC_TYPES, true);
    }

    /** Makes a type of which only the class is known end in an error. */
    public void disableGenericTypes() {
        set(ProgramOptions.GENERIC_TYPES, false);
    }

    public boolean hasGenericTypesDisabled() {
        return !find(ProgramOptions.GENERIC_TYPES).orElseThrow();
    }

    /** How serializers are chosen: a copy. */
    public SerializerConfig getSerializerConfig() {
        SerializerSettings settings = new SerializerSettings();
        settings.setGenericTypes(!hasGenericTypesDisabled());
        return settings;
    }

    /** Null if nothing was registered as an object. */
    GlobalJobParameters registeredParameters() {
        return globalJobParameters;
    }

    /** What the program registered; in a function, a copy with the same map. Never null. */
    public GlobalJobParameters getGlobalJobParameters() {
        if (globalJobParameters != null) {
            return globalJobParameters;
        }
        return find(ProgramOptions.GLOBAL_JOB_PARAMETERS)
                .<GlobalJobParameters>map(Configuration::fromMap)
                .orElseGet(GlobalJobParameters::new);
    }

    /** Registers parameters for all functions; what they see is {@code toMap()} as it is now. */
    public void setGlobalJobParameters(GlobalJobParameters parameters) {
        this.globalJobParameters = Objects.requireNonNull(parameters);
        set(ProgramOptions.GLOBAL_JOB_PARAMETERS, parameters.toMap());
    }

    /** Lets operators go without a uid; the default. */
    public void enableAutoGeneratedUIDs() {
        set(ProgramOptions.AUTO_GENERATE_UIDS, true);
    }

    /** Makes a program with an operator that has no uid end in an error when it is executed. */
    public void disableAutoGeneratedUIDs() {
        set(ProgramOptions.AUTO_GENERATE_UIDS, false);
    }

    public boolean hasAutoGeneratedUIDsEnabled() {
        return find(ProgramOptions.AUTO_GENERATE_UIDS).orElseThrow();
    }

    /** The same as {@link #setClosureCleanerLevel} of {@code RECURSIVE}. */
    public ExecutionConfig enableClosureCleaner() {
        return setClosureCleanerLevel(ClosureCleanerLevel.RECURSIVE);
    }

    /** The same as {@link #setClosureCleanerLevel} of {@code NONE}. */
    public ExecutionConfig disableClosureCleaner() {
        return setClosureCleanerLevel(ClosureCleanerLevel.NONE);
    }

    public boolean isClosureCleanerEnabled() {
        return notes.closureCleanerLevel != ClosureCleanerLevel.NONE;
    }

    /**
     * Without effect: a function is written as it is, and enclosing objects that it does not use
     * are taken out of it only where it could not be written otherwise.
     */
    public ExecutionConfig setClosureCleanerLevel(ClosureCleanerLevel level) {
        notes.closureCleanerLevel = Objects.requireNonNull(level);
        return this;
    }

    /** What was set. */
    public ClosureCleanerLevel getClosureCleanerLevel() {
        return notes.closureCleanerLevel;
    }

    /**
     * Without effect: no markers travel between records. Latency is measured at sinks.
     *
     * @param interval milliseconds
     */
    public ExecutionConfig setLatencyTrackingInterval(long interval) {
        notes.latencyTrackingIntervalMs = interval;
        return this;
    }

    /** What was set, milliseconds. */
    public long getLatencyTrackingInterval() {
        return notes.latencyTrackingIntervalMs;
    }

    /**
     * Without effect on a job alone: its workers interrupt a cancelled task again and again, from
     * {@code task.cancel-grace} on.
     *
     * @param interval milliseconds
     */
    public ExecutionConfig setTaskCancellationInterval(long interval) {
        notes.taskCancellationIntervalMs = interval;
        return this;
    }

    /** What was set, milliseconds. */
    public long getTaskCancellationInterval() {
        return notes.taskCancellationIntervalMs;
    }

    /**
     * Without effect on a job alone: its workers end a task by {@code task.cancel-timeout}, which
     * is theirs.
     *
     * @param timeout milliseconds
     */
    public ExecutionConfig setTaskCancellationTimeout(long timeout) {
        if (timeout < 0) {
            throw new IllegalArgumentException(
                    "The time-out of a cancel is at least 0 ms, not " + timeout + ".");
        }
        notes.taskCancellationTimeoutMs = timeout;
        return this;
    }

    /** What was set, milliseconds. */
    public long getTaskCancellationTimeout() {
        return notes.taskCancellationTimeoutMs;
    }

    /** Without effect: state is at hand, so no record waits for it. */
    public ExecutionConfig setAsyncStateTotalBufferSize(int asyncStateTotalBufferSize) {
        return set(IdleOptions.ASYNC_TOTAL_BUFFER, asyncStateTotalBufferSize);
    }

    /** What was set. */
    public int getAsyncStateTotalBufferSize() {
        return find(IdleOptions.ASYNC_TOTAL_BUFFER).orElseThrow();
    }

    /** Without effect: state is at hand, so no record waits for it. */
    public ExecutionConfig setAsyncInflightRecordsLimit(int asyncInflightRecordsLimit) {
        return set(IdleOptions.ASYNC_TOTAL_BUFFER, asyncInflightRecordsLimit);
    }

    /** What was set. */
    public int getAsyncInflightRecordsLimit() {
        return find(IdleOptions.ASYNC_TOTAL_BUFFER).orElseThrow();
    }

    /** Without effect: state is at hand, so no record waits for it. */
    public ExecutionConfig setAsyncStateActiveBufferSize(int asyncStateActiveBufferSize) {
        return set(IdleOptions.ASYNC_ACTIVE_BUFFER, asyncStateActiveBufferSize);
    }

    /** What was set. */
    public int getAsyncStateActiveBufferSize() {
        return find(IdleOptions.ASYNC_ACTIVE_BUFFER).orElseThrow();
    }

    /** Without effect: state is at hand, so no record waits for it. */
    public ExecutionConfig setAsyncStateBufferSize(int asyncStateBufferSize) {
        return set(IdleOptions.ASYNC_ACTIVE_BUFFER, asyncStateBufferSize);
    }

    /** What was set. */
    public int getAsyncStateBufferSize() {
        return find(IdleOptions.ASYNC_ACTIVE_BUFFER).orElseThrow();
    }

    /** Without effect: state is at hand, so no record waits for it. */
    public ExecutionConfig setAsyncStateActiveBufferTimeout(long asyncStateActiveBufferTimeout) {
        return set(IdleOptions.ASYNC_BUFFER_TIMEOUT, asyncStateActiveBufferTimeout);
    }

    /** What was set. */
    public long getAsyncStateActiveBufferTimeout() {
        return find(IdleOptions.ASYNC_BUFFER_TIMEOUT).orElseThrow();
    }

    /** Without effect: state is at hand, so no record waits for it. */
    public ExecutionConfig setAsyncStateBufferTimeout(long asyncStateBufferTimeout) {
        return set(IdleOptions.ASYNC_BUFFER_TIMEOUT, asyncStateBufferTimeout);
    }

    /** What was set. */
    public long getAsyncStateBufferTimeout() {
        return find(IdleOptions.ASYNC_BUFFER_TIMEOUT).orElseThrow();
    }

    /** Whether files of checkpoints, and of savepoints, are compressed. */
    public void setUseSnapshotCompression(boolean useSnapshotCompression) {
        set(CheckpointOptions.SNAPSHOT_COMPRESSION, useSnapshotCompression);
    }

    /** What was set. */
    public boolean isUseSnapshotCompression() {
        return find(CheckpointOptions.SNAPSHOT_COMPRESSION).orElseThrow();
    }

    /**
     * Sets the options of the group {@code restart}.
     *
     * @deprecated set the options
     */
    @Deprecated
    public void setRestartStrategy(
            RestartStrategies.RestartStrategyConfiguration restartStrategyConfiguration) {
        RestartOptionTexts.ALL.forEach(values::removeKey);
        restartStrategyConfiguration.options().forEach(values::setString);
    }

    /**
     * @deprecated read the options of the group {@code restart}
     */
    @Deprecated
    public RestartStrategies.RestartStrategyConfiguration getRestartStrategy() {
        return RestartStrategies.fromConfiguration(values)
                .orElseGet(RestartStrategies::fallBackRestart);
    }

    /**
     * @param numberOfExecutionRetries restarts with a fixed pause; −1 for what the cluster has
     * @deprecated set the options of the group {@code restart}
     */
    @Deprecated
    public ExecutionConfig setNumberOfExecutionRetries(int numberOfExecutionRetries) {
        if (numberOfExecutionRetries < -1) {
            throw new IllegalArgumentException(
                    "The number of restarts is at least -1, not " + numberOfExecutionRetries + ".");
        }
        notes.executionRetries = numberOfExecutionRetries;
        return restartByNotes();
    }

    /**
     * @deprecated read the options of the group {@code restart}
     */
    @Deprecated
    public int getNumberOfExecutionRetries() {
        return notes.executionRetries;
    }

    /**
     * @param executionRetryDelay milliseconds before each of the restarts that {@link
     *     #setNumberOfExecutionRetries} allows
     * @deprecated set the options of the group {@code restart}
     */
    @Deprecated
    public ExecutionConfig setExecutionRetryDelay(long executionRetryDelay) {
        if (executionRetryDelay < 0) {
            throw new IllegalArgumentException(
                    "The pause before a restart is at least 0 ms, not "
                            + executionRetryDelay
                            + ".");
        }
        notes.executionRetryDelayMs = executionRetryDelay;
        return restartByNotes();
    }

    /**
     * @deprecated read the options of the group {@code restart}
     */
    @Deprecated
    public long getExecutionRetryDelay() {
        return notes.executionRetryDelayMs;
    }

    private ExecutionConfig restartByNotes() {
        if (notes.executionRetries >= 0) {
            setRestartStrategy(
                    RestartStrategies.fixedDelayRestart(
                            notes.executionRetries, notes.executionRetryDelayMs));
        }
        return this;
    }

    /**
     * Without effect: {@code setRuntimeMode} chooses how a job runs.
     *
     * @deprecated use {@code StreamExecutionEnvironment.setRuntimeMode}
     */
    @Deprecated
    public void setExecutionMode(ExecutionMode executionMode) {
        notes.executionMode = Objects.requireNonNull(executionMode);
    }

    /**
     * What was set.
     *
     * @deprecated use {@code StreamExecutionEnvironment.setRuntimeMode}
     */
    @Deprecated
    public ExecutionMode getExecutionMode() {
        return notes.executionMode;
    }

    /**
     * Without effect: the scheduler starts all tasks of a pipelined region together.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void setDefaultInputDependencyConstraint(InputDependencyConstraint constraint) {
        notes.inputDependencyConstraint = Objects.requireNonNull(constraint);
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public InputDependencyConstraint getDefaultInputDependencyConstraint() {
        return notes.inputDependencyConstraint;
    }

    /**
     * Without effect: there is no Kryo here; serializers are generated for every type.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void enableForceKryo() {
        notes.forceKryo = true;
    }

    /**
     * Without effect, as {@link #enableForceKryo}.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void disableForceKryo() {
        notes.forceKryo = false;
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public boolean isForceKryoEnabled() {
        return notes.forceKryo;
    }

    /**
     * Without effect: plain classes have generated serializers, not Avro's.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void enableForceAvro() {
        notes.forceAvro = true;
    }

    /**
     * Without effect, as {@link #enableForceAvro}.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void disableForceAvro() {
        notes.forceAvro = false;
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public boolean isForceAvroEnabled() {
        return notes.forceAvro;
    }

    /**
     * Without effect: types are found where they are used, registered or not.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void registerPojoType(Class<?> type) {
        notes.pojoTypes.add(Objects.requireNonNull(type));
    }

    /**
     * Without effect, as {@link #registerPojoType}.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void registerKryoType(Class<?> type) {
        notes.kryoTypes.add(Objects.requireNonNull(type));
    }

    /**
     * Without effect: there is no Kryo here. A class that needs a form of its own is described by a
     * {@code TypeInformation} with its {@code TypeSerializer}.
     *
     * @deprecated describe the type
     */
    @Deprecated
    public void addDefaultKryoSerializer(Class<?> type, Class<?> serializerClass) {
        notes.defaultKryoSerializers.put(type, serializerClass);
    }

    /**
     * Without effect, as {@link #addDefaultKryoSerializer}.
     *
     * @deprecated describe the type
     */
    @Deprecated
    public void registerTypeWithKryoSerializer(Class<?> type, Class<?> serializerClass) {
        notes.kryoSerializers.put(type, serializerClass);
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public LinkedHashMap<Class<?>, Class<?>> getRegisteredTypesWithKryoSerializerClasses() {
        return notes.kryoSerializers;
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public LinkedHashMap<Class<?>, Class<?>> getDefaultKryoSerializerClasses() {
        return notes.defaultKryoSerializers;
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public LinkedHashSet<Class<?>> getRegisteredKryoTypes() {
        return notes.kryoTypes;
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public LinkedHashSet<Class<?>> getRegisteredPojoTypes() {
        return notes.pojoTypes;
    }

    /**
     * Without effect, as {@link #registerPojoType}.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public void disableAutoTypeRegistration() {
        notes.autoTypeRegistration = false;
    }

    /**
     * What was set.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public boolean isAutoTypeRegistrationDisabled() {
        return !notes.autoTypeRegistration;
    }

    /** Takes over every value that {@code configuration} sets. */
    public void configure(ReadableConfig configuration, ClassLoader classLoader) {
        take(configuration, ProgramOptions.PARALLELISM);
        take(configuration, ProgramOptions.MAX_PARALLELISM);
        take(configuration, ProgramOptions.AUTO_WATERMARK_INTERVAL);
        take(configuration, ProgramOptions.OBJECT_REUSE);
        take(configuration, ProgramOptions.GENERIC_TYPES);
        take(configuration, ProgramOptions.AUTO_GENERATE_UIDS);
        take(configuration, ProgramOptions.GLOBAL_JOB_PARAMETERS);
    }

    private <T> void take(ReadableConfig from, Option<T> option) {
        from.getOptional(ConfigOption.of(option)).ifPresent(value -> set(option, value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExecutionConfig that
                && that.canEqual(this)
                && values.equals(that.values);
    }

    /**
     * @deprecated for {@link #equals} of subclasses
     */
    @Deprecated
    public boolean canEqual(Object obj) {
        return obj instanceof ExecutionConfig;
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "ExecutionConfig" + values.keySet();
    }

    /** What of a function was looked through for objects that it does not use. */
    public enum ClosureCleanerLevel implements DescribedEnum {
        NONE("No effect: asks for functions as they are."),
        TOP_LEVEL("No effect: asks for what the function itself does not use to be left behind."),
        RECURSIVE("What this engine does: what no object of the function uses is left behind.");

        private final String description;

        ClosureCleanerLevel(String description) {
            this.description = description;
        }

        @Override
        public InlineElement getDescription() {
            return TextElement.text(description);
        }
    }

    /** Parameters that a program registers for all its functions. Programs may extend it. */
    public static class GlobalJobParameters implements Serializable {
        private static final long serialVersionUID = 1L;

        /** For display and for the functions; empty unless overridden. */
        public Map<String, String> toMap() {
            return Map.of();
        }

        @Override
        public boolean equals(Object other) {
            return other != null && getClass() == other.getClass();
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
