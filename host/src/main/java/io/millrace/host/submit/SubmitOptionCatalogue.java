package io.millrace.host.submit;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of submitted jobs that their coordinator's process reads. */
public final class SubmitOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return List.of(StatusOptions.LISTENERS);
    }
}
