package io.millrace.api.option;

import java.util.List;

/** The options of programs. */
public final class PipelineOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return List.of(
                PipelineOptions.NAME,
                PipelineOptions.PARALLELISM,
                PipelineOptions.MAX_PARALLELISM,
                PipelineOptions.RUNTIME_MODE,
                PipelineOptions.OBJECT_REUSE,
                PipelineOptions.GENERIC_TYPES,
                PipelineOptions.AUTO_GENERATE_UIDS,
                PipelineOptions.OPERATOR_CHAINING,
                PipelineOptions.AUTO_WATERMARK_INTERVAL,
                PipelineOptions.GLOBAL_JOB_PARAMETERS);
    }
}
