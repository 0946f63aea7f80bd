package io.millrace.api.option;

import io.millrace.api.backend.ForStOptions;
import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.IdleOptions;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** The options of programs. */
public final class PipelineOptionCatalogue implements OptionCatalogue {
    /** They have static fields only. */
    private static final List<Class<?>> OF_PROCESSES =
            List.of(
                    ClusterOptions.class,
                    CoreOptions.class,
                    ForStOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    NettyShuffleEnvironmentOptions.class,
                    ResourceManagerOptions.class,
                    RpcOptions.class,
                    TaskManagerOptions.class);

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all =
                new ArrayList<>(
                        List.of(
                                ProgramOptions.NAME,
                                ProgramOptions.PARALLELISM,
                                ProgramOptions.MAX_PARALLELISM,
                                ProgramOptions.RUNTIME_MODE,
                                ProgramOptions.BATCH_SHUFFLE_MODE,
                                ProgramOptions.SORT_INPUTS,
                                ProgramOptions.BATCH_STATE_BACKEND,
                                ProgramOptions.OBJECT_REUSE,
                                ProgramOptions.GENERIC_TYPES,
                                ProgramOptions.AUTO_GENERATE_UIDS,
                                ProgramOptions.OPERATOR_CHAINING,
                                ProgramOptions.AUTO_WATERMARK_INTERVAL,
                                ProgramOptions.ALLOW_UNALIGNED_SOURCE_SPLITS,
                                ProgramOptions.GLOBAL_JOB_PARAMETERS,
                                ProgramOptions.CACHED_FILES));
        all.addAll(AdaptiveOptions.ALL);
        all.addAll(IdleProgramOptions.ALL);
        all.addAll(CheckpointOptions.ALL);
        all.addAll(IdleOptions.ALL);
        OF_PROCESSES.forEach(each -> all.addAll(idleOf(each)));
        return List.copyOf(all);
    }

    /** The options that a class declares and that have no effect. */
    private static List<Option<?>> idleOf(Class<?> declaring) {
        List<Option<?>> idle = new ArrayList<>();
        for (Field field : declaring.getFields()) {
            try {
                if (field.get(null) instanceof ConfigOption<?> option && option.option().isIdle()) {
                    idle.add(option.option());
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " is public and cannot be read", e);
            }
        }
        return idle;
    }

    /** Tuning of RocksDB; the keys that the engine reads are declared where it reads them. */
    @Override
    public List<String> prefixes() {
        return List.of("state.backend.rocksdb.");
    }
}
