package io.millrace.host.rest;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of the REST interface. */
public final class RestOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return List.of(RestOptions.BIND_HOST, RestOptions.PORT, RestOptions.ALLOW_LOOPBACK_VIEW);
    }
}
