package io.millrace.runtime.metrics;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of metrics, for the check of keys and the reference page. */
public final class MetricsOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return MetricsOptions.ALL;
    }

    @Override
    public List<String> prefixes() {
        return List.of(MetricsOptions.REPORTER_PREFIX);
    }
}
