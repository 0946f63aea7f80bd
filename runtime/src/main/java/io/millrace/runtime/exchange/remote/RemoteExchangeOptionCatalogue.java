package io.millrace.runtime.exchange.remote;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of the exchange between workers, for the check of keys and the reference page. */
public final class RemoteExchangeOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return RemoteExchangeOptions.ALL;
    }
}
