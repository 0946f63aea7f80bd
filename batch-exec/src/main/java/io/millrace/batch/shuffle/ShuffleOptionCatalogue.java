package io.millrace.batch.shuffle;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of stored results, for the check of keys and the reference page. */
public final class ShuffleOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return ShuffleOptions.ALL;
    }
}
