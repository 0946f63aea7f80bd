package io.millrace.api.option;

import io.millrace.api.stream.ExecutionConfig.ClosureCleanerLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a program's graph is made, as keys for {@link Configuration}. Each key's description says
 * what it does, or why it does nothing: {@code millrace options} prints them.
 */
public class PipelineOptions {
    public static final ConfigOption<String> NAME = ConfigOption.of(ProgramOptions.NAME);

    public static final ConfigOption<Boolean> AUTO_GENERATE_UIDS =
            ConfigOption.of(ProgramOptions.AUTO_GENERATE_UIDS);

    public static final ConfigOption<Duration> AUTO_WATERMARK_INTERVAL =
            ConfigOption.of(ProgramOptions.AUTO_WATERMARK_INTERVAL);

    public static final ConfigOption<Boolean> GENERIC_TYPES =
            ConfigOption.of(ProgramOptions.GENERIC_TYPES);

    public static final ConfigOption<Map<String, String>> GLOBAL_JOB_PARAMETERS =
            ConfigOption.of(ProgramOptions.GLOBAL_JOB_PARAMETERS);

    public static final ConfigOption<Integer> MAX_PARALLELISM =
            ConfigOption.of(ProgramOptions.MAX_PARALLELISM);

    public static final ConfigOption<Boolean> OBJECT_REUSE =
            ConfigOption.of(ProgramOptions.OBJECT_REUSE);

    public static final ConfigOption<Boolean> OPERATOR_CHAINING =
            ConfigOption.of(ProgramOptions.OPERATOR_CHAINING);

    public static final ConfigOption<List<String>> CACHED_FILES =
            ConfigOption.of(ProgramOptions.CACHED_FILES);

    /** Without effect. */
    public static final ConfigOption<Boolean>
            OPERATOR_CHAINING_CHAIN_OPERATORS_WITH_DIFFERENT_MAX_PARALLELISM =
                    ConfigOption.of(IdleProgramOptions.CHAINING_ACROSS_KEY_GROUPS);

    /**
     * Without effect.
     *
     * @deprecated every class has a generated serializer
     */
    @Deprecated
    public static final ConfigOption<Boolean> AUTO_TYPE_REGISTRATION =
            ConfigOption.of(IdleProgramOptions.AUTO_TYPE_REGISTRATION);

    /** Without effect. */
    public static final ConfigOption<ClosureCleanerLevel> CLOSURE_CLEANER_LEVEL =
            ConfigOption.of(IdleProgramOptions.CLOSURE_CLEANER_LEVEL);

    /** Without effect. */
    public static final ConfigOption<Boolean> FORCE_AVRO =
            ConfigOption.of(IdleProgramOptions.FORCE_AVRO);

    /** Without effect. */
    public static final ConfigOption<Boolean> FORCE_KRYO =
            ConfigOption.of(IdleProgramOptions.FORCE_KRYO);

    /** Without effect. */
    public static final ConfigOption<Boolean> FORCE_KRYO_AVRO =
            ConfigOption.of(IdleProgramOptions.FORCE_KRYO_AVRO);

    /**
     * Without effect.
     *
     * @deprecated every class has a generated serializer
     */
    @Deprecated
    public static final ConfigOption<List<String>> KRYO_DEFAULT_SERIALIZERS =
            ConfigOption.of(IdleProgramOptions.KRYO_DEFAULT_SERIALIZERS);

    /**
     * Without effect.
     *
     * @deprecated every class has a generated serializer
     */
    @Deprecated
    public static final ConfigOption<List<String>> KRYO_REGISTERED_CLASSES =
            ConfigOption.of(IdleProgramOptions.KRYO_REGISTERED_CLASSES);

    /**
     * Without effect.
     *
     * @deprecated every class has a generated serializer
     */
    @Deprecated
    public static final ConfigOption<List<String>> POJO_REGISTERED_CLASSES =
            ConfigOption.of(IdleProgramOptions.POJO_REGISTERED_CLASSES);

    /** Without effect. */
    public static final ConfigOption<VertexDescriptionMode> VERTEX_DESCRIPTION_MODE =
            ConfigOption.of(IdleProgramOptions.VERTEX_DESCRIPTION_MODE);

    /** Without effect. */
    public static final ConfigOption<Boolean> VERTEX_NAME_INCLUDE_INDEX_PREFIX =
            ConfigOption.of(IdleProgramOptions.VERTEX_NAME_INCLUDE_INDEX_PREFIX);

    public static final ConfigOption<Boolean> ALLOW_UNALIGNED_SOURCE_SPLITS =
            ConfigOption.of(ProgramOptions.ALLOW_UNALIGNED_SOURCE_SPLITS);

    /** Without effect. */
    public static final ConfigOption<Integer> WATERMARK_ALIGNMENT_BUFFER_SIZE =
            ConfigOption.of(IdleProgramOptions.WATERMARK_ALIGNMENT_BUFFER_SIZE);

    /** Without effect. */
    public static final ConfigOption<List<String>> JARS = ConfigOption.of(IdleProgramOptions.JARS);

    /** Without effect. */
    public static final ConfigOption<List<String>> CLASSPATHS =
            ConfigOption.of(IdleProgramOptions.CLASSPATHS);

    /** Without effect. */
    public static final ConfigOption<Map<String, String>> PARALLELISM_OVERRIDES =
            ConfigOption.of(IdleProgramOptions.PARALLELISM_OVERRIDES);

    /** Without effect. */
    public static final ConfigOption<List<String>> SERIALIZATION_CONFIG =
            ConfigOption.of(IdleProgramOptions.SERIALIZATION_CONFIG);

    /** How the description of a vertex shows its operators. */
    public enum VertexDescriptionMode {
        TREE,
        CASCADING
    }
}
