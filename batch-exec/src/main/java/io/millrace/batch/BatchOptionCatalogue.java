package io.millrace.batch;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of batch execution, for the check of keys and the reference page. */
public final class BatchOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return List.of(BatchOptions.COMBINE_KEYS, BatchOptions.REDUCE_MEMORY);
    }
}
