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
                                PipelineOptions.NAME,
                                PipelineOptions.PARALLELISM,
                                PipelineOptions.MAX_PARALLELISM,
                                PipelineOptions.RUNTIME_MODE,
                                PipelineOptions.OBJECT_REUSE,
                                PipelineOptions.GENERIC_TYPES,
                                PipelineOptions.AUTO_GENERATE_UIDS,
                                PipelineOptions.OPERATOR_CHAINING,
                                PipelineOptions.AUTO_WATERMARK_INTERVAL,
                                PipelineOptions.GLOBAL_JOB_PARAMETERS));
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
