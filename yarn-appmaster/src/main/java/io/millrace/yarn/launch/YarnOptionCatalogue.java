package io.millrace.yarn.launch;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of applications on YARN. */
public final class YarnOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return YarnOptions.ALL;
    }
}
