package io.millrace.worker;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of a worker, for the check of keys and the reference page. */
public final class WorkerOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return WorkerOptions.ALL;
    }
}
