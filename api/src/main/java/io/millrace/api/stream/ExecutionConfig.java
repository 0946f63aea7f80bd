package io.millrace.api.stream;

import io.millrace.api.option.Config;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.Option;
import io.millrace.api.option.PipelineOptions;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.SerializerSettings;
import java.io.Serializable;
import java.time.Duration;
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
        return find(PipelineOptions.PARALLELISM).orElse(PARALLELISM_DEFAULT);
    }

    /**
     * @param parallelism at least 1, or {@link #PARALLELISM_DEFAULT} to set it back
     */
    public ExecutionConfig setParallelism(int parallelism) {
        if (parallelism == PARALLELISM_DEFAULT) {
            values.removeKey(PipelineOptions.PARALLELISM.key());
            return this;
        }
        return set(PipelineOptions.PARALLELISM, parallelism);
    }

    /** {@link #PARALLELISM_DEFAULT} if it is not set. */
    public int getMaxParallelism() {
        return find(PipelineOptions.MAX_PARALLELISM).orElse(PARALLELISM_DEFAULT);
    }

    public void setMaxParallelism(int maxParallelism) {
        set(PipelineOptions.MAX_PARALLELISM, maxParallelism);
    }

    /**
     * @param interval milliseconds between two periodic watermarks; 0 turns them off
     */
    public ExecutionConfig setAutoWatermarkInterval(long interval) {
        return set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(interval));
    }

    /** Milliseconds between two periodic watermarks; 0 if they are off. */
    public long getAutoWatermarkInterval() {
        return find(PipelineOptions.AUTO_WATERMARK_INTERVAL).orElseThrow().toMillis();
    }

    public ExecutionConfig enableObjectReuse() {
        return set(PipelineOptions.OBJECT_REUSE, true);
    }

    public ExecutionConfig disableObjectReuse() {
        return set(PipelineOptions.OBJECT_REUSE, false);
    }

    public boolean isObjectReuseEnabled() {
        return find(PipelineOptions.OBJECT_REUSE).orElseThrow();
    }

    /** Allows types of which only the class is known; the default. */
    public void enableGenericTypes() {
        set(PipelineOptions.GENERIC_TYPES, true);
    }

    /** Makes a type of which only the class is known end in an error. */
    public void disableGenericTypes() {
        set(PipelineOptions.GENERIC_TYPES, false);
    }

    public boolean hasGenericTypesDisabled() {
        return !find(PipelineOptions.GENERIC_TYPES).orElseThrow();
    }

    /** How serializers are chosen: a copy. */
    public SerializerConfig getSerializerConfig() {
        SerializerSettings settings = new SerializerSettings();
        settings.setGenericTypes(!hasGenericTypesDisabled());
        return settings;
    }

    /** What the program registered; in a function, a copy with the same map. Never null. */
    public GlobalJobParameters getGlobalJobParameters() {
        if (globalJobParameters != null) {
            return globalJobParameters;
        }
        return find(PipelineOptions.GLOBAL_JOB_PARAMETERS)
                .<GlobalJobParameters>map(Configuration::fromMap)
                .orElseGet(GlobalJobParameters::new);
    }

    /** Registers parameters for all functions; what they see is {@code toMap()} as it is now. */
    public void setGlobalJobParameters(GlobalJobParameters parameters) {
        this.globalJobParameters = Objects.requireNonNull(parameters);
        set(PipelineOptions.GLOBAL_JOB_PARAMETERS, parameters.toMap());
    }

    /** Takes over every value that {@code configuration} sets. */
    public void configure(ReadableConfig configuration, ClassLoader classLoader) {
        take(configuration, PipelineOptions.PARALLELISM);
        take(configuration, PipelineOptions.MAX_PARALLELISM);
        take(configuration, PipelineOptions.AUTO_WATERMARK_INTERVAL);
        take(configuration, PipelineOptions.OBJECT_REUSE);
        take(configuration, PipelineOptions.GENERIC_TYPES);
        take(configuration, PipelineOptions.GLOBAL_JOB_PARAMETERS);
    }

    private <T> void take(ReadableConfig from, Option<T> option) {
        from.getOptional(ConfigOption.of(option)).ifPresent(value -> set(option, value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExecutionConfig that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "ExecutionConfig" + values.keySet();
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
