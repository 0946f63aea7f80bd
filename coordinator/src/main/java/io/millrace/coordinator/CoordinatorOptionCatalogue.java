package io.millrace.coordinator;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of the control plane. */
public final class CoordinatorOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return CoordinatorSettings.options();
    }
}
