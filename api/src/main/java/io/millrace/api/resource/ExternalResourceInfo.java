package io.millrace.api.resource;

import java.util.Collection;
import java.util.Optional;

/** One external resource, such as a GPU, as its driver describes it. */
public interface ExternalResourceInfo {
    Optional<String> getProperty(String key);

    Collection<String> getKeys();
}
