package io.millrace.api.function;

import io.millrace.api.option.Configuration;
import java.util.Objects;

/** An open context that carries a configuration. Immutable if the configuration is not changed. */
public class WithConfigurationOpenContext implements OpenContext {
    private final Configuration configuration;

    public WithConfigurationOpenContext(Configuration configuration) {
        this.configuration = Objects.requireNonNull(configuration);
    }

    public Configuration getConfiguration() {
        return configuration;
    }
}
