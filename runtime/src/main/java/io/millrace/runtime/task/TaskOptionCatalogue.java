package io.millrace.runtime.task;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import io.millrace.runtime.chain.ChainOptions;
import java.util.List;

/** The options of tasks and chains, for the check of keys and the reference page. */
public final class TaskOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return List.of(
                TaskOptions.THREADS,
                TaskOptions.LOOPS,
                TaskOptions.TURN_LIMIT,
                TaskOptions.CANCEL_GRACE,
                TaskOptions.CANCEL_TIMEOUT,
                TaskOptions.SPILL_DIRECTORY,
                ChainOptions.PROFILE_ISOLATION,
                ChainOptions.DEBUG_COPIES);
    }
}
