package io.millrace.api.option;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.IdleOptions;
import java.util.ArrayList;
import java.util.List;

/** The options of programs. */
public final class PipelineOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        List<Option<?>> all =
                new ArrayList<>(
                        List.of(
                                ProgramOptions.NAME,
                                ProgramOptions.PARALLELISM,
                                ProgramOptions.MAX_PARALLELISM,
                                ProgramOptions.RUNTIME_MODE,
                                ProgramOptions.OBJECT_REUSE,
                                ProgramOptions.GENERIC_TYPES,
                                ProgramOptions.AUTO_GENERATE_UIDS,
                                ProgramOptions.OPERATOR_CHAINING,
                                ProgramOptions.AUTO_WATERMARK_INTERVAL,
                                ProgramOptions.ALLOW_UNALIGNED_SOURCE_SPLITS,
                                ProgramOptions.GLOBAL_JOB_PARAMETERS,
                                ProgramOptions.CACHED_FILES));
        all.addAll(IdleProgramOptions.ALL);
        all.addAll(CheckpointOptions.ALL);
        all.addAll(IdleOptions.ALL);
        return List.copyOf(all);
    }

    /** Tuning of RocksDB; the keys that the engine reads are declared where it reads them. */
    @Override
    public List<String> prefixes() {
        return List.of("state.backend.rocksdb.");
    }
}
