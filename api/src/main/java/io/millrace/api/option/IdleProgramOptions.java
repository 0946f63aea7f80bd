package io.millrace.api.option;

import io.millrace.api.stream.ExecutionConfig.ClosureCleanerLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Options of programs that have no effect, each with the reason: they are known, so that a
 * configuration from elsewhere can be used as it is.
 */
final class IdleProgramOptions {
    private static final String NO_KRYO = "there is no Kryo, every class has a serializer.";
    private static final String NO_SORT = "the engine sizes what it sorts and spills itself.";
    private static final String NO_ASYNC_STATE = "state is at hand without waiting.";

    static final Option<Boolean> CHAINING_ACROSS_KEY_GROUPS =
            Option.bool("pipeline.operator-chaining.chain-operators-with-different-max-parallelism")
                    .defaultTo(true)
                    .withoutEffect("key groups never keep operators from being chained.");

    static final Option<Boolean> AUTO_TYPE_REGISTRATION =
            Option.bool("pipeline.auto-type-registration").defaultTo(true).withoutEffect(NO_KRYO);

    static final Option<ClosureCleanerLevel> CLOSURE_CLEANER_LEVEL =
            Option.choice("pipeline.closure-cleaner-level", ClosureCleanerLevel.class)
                    .defaultTo(ClosureCleanerLevel.RECURSIVE)
                    .withoutEffect("what a function does not use is always left behind.");

    static final Option<Boolean> FORCE_AVRO =
            Option.bool("pipeline.force-avro")
                    .defaultTo(false)
                    .withoutEffect("plain classes have generated serializers.");

    static final Option<Boolean> FORCE_KRYO =
            Option.bool("pipeline.force-kryo").defaultTo(false).withoutEffect(NO_KRYO);

    static final Option<Boolean> FORCE_KRYO_AVRO =
            Option.bool("pipeline.force-kryo-avro").defaultTo(false).withoutEffect(NO_KRYO);

    static final Option<List<String>> KRYO_DEFAULT_SERIALIZERS =
            Option.listOf(Option.string("pipeline.default-kryo-serializers"))
                    .withoutEffect(NO_KRYO);

    static final Option<List<String>> KRYO_REGISTERED_CLASSES =
            Option.listOf(Option.string("pipeline.registered-kryo-types")).withoutEffect(NO_KRYO);

    static final Option<List<String>> POJO_REGISTERED_CLASSES =
            Option.listOf(Option.string("pipeline.registered-pojo-types")).withoutEffect(NO_KRYO);

    static final Option<PipelineOptions.VertexDescriptionMode> VERTEX_DESCRIPTION_MODE =
            Option.choice(
                            "pipeline.vertex-description-mode",
                            PipelineOptions.VertexDescriptionMode.class)
                    .defaultTo(PipelineOptions.VertexDescriptionMode.TREE)
                    .withoutEffect("the page shows the operators of a vertex one by one.");

    static final Option<Boolean> VERTEX_NAME_INCLUDE_INDEX_PREFIX =
            Option.bool("pipeline.vertex-name-include-index-prefix")
                    .defaultTo(false)
                    .withoutEffect("vertices have ids.");

    static final Option<Integer> WATERMARK_ALIGNMENT_BUFFER_SIZE =
            Option.integer("pipeline.watermark-alignment.buffer-size")
                    .defaultTo(3)
                    .withoutEffect("a reader that is ahead stops at once.");

    static final Option<Boolean> BUFFER_TIMEOUT_ENABLED =
            Option.bool("execution.buffer-timeout.enabled")
                    .defaultTo(true)
                    .withoutEffect("records go on when their task has nothing else to do.");

    static final Option<Duration> BUFFER_TIMEOUT =
            Option.duration("execution.buffer-timeout.interval")
                    .formerly("execution.buffer-timeout")
                    .defaultTo(Duration.ofMillis(100))
                    .withoutEffect("records go on when their task has nothing else to do.");

    static final Option<MemorySize> SORT_PARTITION_MEMORY =
            Option.memory("execution.sort-partition.memory")
                    .defaultTo(MemorySize.parse("128 mb"))
                    .withoutEffect(NO_SORT);

    static final Option<MemorySize> SORT_KEYED_PARTITION_MEMORY =
            Option.memory("execution.sort-keyed-partition.memory")
                    .defaultTo(MemorySize.parse("128 mb"))
                    .withoutEffect(NO_SORT);

    static final Option<MemorySize> SORTED_INPUTS_MEMORY =
            Option.memory("execution.sorted-inputs.memory")
                    .defaultTo(MemorySize.parse("128 mb"))
                    .withoutEffect(NO_SORT);

    static final Option<List<String>> JARS =
            Option.listOf(Option.string("pipeline.jars"))
                    .withoutEffect("'millrace run' is given the program's jar.");

    static final Option<List<String>> CLASSPATHS =
            Option.listOf(Option.string("pipeline.classpaths"))
                    .withoutEffect("what a program needs lies in its jar.");

    static final Option<Map<String, String>> PARALLELISM_OVERRIDES =
            Option.map("pipeline.jobvertex-parallelism-overrides")
                    .defaultTo(Map.of())
                    .withoutEffect("the program says the parallelism of its operators.");

    static final Option<List<String>> SERIALIZATION_CONFIG =
            Option.listOf(Option.string("pipeline.serialization-config"))
                    .withoutEffect(
                            "types are described in the program, by @TypeInfo or returns(…).");

    static final Option<Double> RESTART_JITTER =
            Option.decimal("restart-strategy.exponential-delay.jitter-factor")
                    .defaultTo(0.1)
                    .withoutEffect("restarts of a job are decided in one place.");

    static final Option<Integer> ASYNC_INFLIGHT_RECORDS_LIMIT =
            Option.integer("execution.async-state.in-flight-records-limit")
                    .defaultTo(6_000)
                    .withoutEffect(NO_ASYNC_STATE);

    static final Option<Integer> ASYNC_STATE_BUFFER_SIZE =
            Option.integer("execution.async-state.buffer-size")
                    .formerly("execution.async-state.active-buffer-size")
                    .defaultTo(1_000)
                    .withoutEffect(NO_ASYNC_STATE);

    static final Option<Long> ASYNC_STATE_BUFFER_TIMEOUT =
            Option.longInteger("execution.async-state.buffer-timeout")
                    .formerly("execution.async-state.active-buffer-timeout")
                    .defaultTo(1_000L)
                    .withoutEffect(NO_ASYNC_STATE);

    static final Option<Integer> ASYNC_STATE_TOTAL_BUFFER_SIZE =
            Option.integer("execution.async-state.total-buffer-size")
                    .defaultTo(6_000)
                    .withoutEffect(NO_ASYNC_STATE);

    static final List<Option<?>> ALL =
            List.of(
                    CHAINING_ACROSS_KEY_GROUPS,
                    AUTO_TYPE_REGISTRATION,
                    CLOSURE_CLEANER_LEVEL,
                    FORCE_AVRO,
                    FORCE_KRYO,
                    FORCE_KRYO_AVRO,
                    KRYO_DEFAULT_SERIALIZERS,
                    KRYO_REGISTERED_CLASSES,
                    POJO_REGISTERED_CLASSES,
                    VERTEX_DESCRIPTION_MODE,
                    VERTEX_NAME_INCLUDE_INDEX_PREFIX,
                    WATERMARK_ALIGNMENT_BUFFER_SIZE,
                    BUFFER_TIMEOUT_ENABLED,
                    BUFFER_TIMEOUT,
                    SORT_PARTITION_MEMORY,
                    SORT_KEYED_PARTITION_MEMORY,
                    SORTED_INPUTS_MEMORY,
                    JARS,
                    CLASSPATHS,
                    PARALLELISM_OVERRIDES,
                    SERIALIZATION_CONFIG,
                    RESTART_JITTER,
                    ASYNC_INFLIGHT_RECORDS_LIMIT,
                    ASYNC_STATE_BUFFER_SIZE,
                    ASYNC_STATE_BUFFER_TIMEOUT,
                    ASYNC_STATE_TOTAL_BUFFER_SIZE);

    private IdleProgramOptions() {}
}
