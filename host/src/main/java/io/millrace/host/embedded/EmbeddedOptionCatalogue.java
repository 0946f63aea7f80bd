package io.millrace.host.embedded;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of the embedded cluster. */
public final class EmbeddedOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return List.of(EmbeddedOptions.WORKERS, EmbeddedOptions.REST);
    }
}
