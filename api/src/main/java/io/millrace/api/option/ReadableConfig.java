package io.millrace.api.option;

import java.util.Map;
import java.util.Optional;

/** A configuration that can be read by typed options. */
public interface ReadableConfig {
    /** The value as set, else the option's default, else null. */
    <T> T get(ConfigOption<T> option);

    /** The value as set; empty if it is not, whatever the default. */
    <T> Optional<T> getOptional(ConfigOption<T> option);

    /** All that is set, as text by key; a copy. */
    Map<String, String> toMap();
}
