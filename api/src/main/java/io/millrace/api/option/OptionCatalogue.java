package io.millrace.api.option;

import java.util.List;

/**
 * The options that one module reads, so that an unknown key can be told from a known one and the
 * reference page be written. Found by {@link java.util.ServiceLoader}; one for each module that has
 * options. Stateless.
 */
public interface OptionCatalogue {
    /** In the order of the reference page. */
    List<Option<?>> options();

    /** Beginnings of keys that belong to the module and are not declared one by one. */
    default List<String> prefixes() {
        return List.of();
    }
}
