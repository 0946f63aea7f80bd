package io.millrace.rocks;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of this back end, for the check of keys and the reference page. */
public final class RocksOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return RocksOptions.ALL;
    }
}
