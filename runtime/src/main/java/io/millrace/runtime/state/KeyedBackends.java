package io.millrace.runtime.state;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The back ends of this engine, by name. Pure but for the first look. */
public final class KeyedBackends {
    private KeyedBackends() {}

    /**
     * @throws MillraceException {@code INVALID_OPTION} naming those that there are
     */
    public static KeyedBackendProvider named(String name) {
        List<String> names = new ArrayList<>();
        for (KeyedBackendProvider provider :
                ServiceLoader.load(
                        KeyedBackendProvider.class, KeyedBackends.class.getClassLoader())) {
            if (provider.name().equals(name) || provider.aliases().contains(name)) {
                return provider;
            }
            names.add(provider.name());
        }
        throw new MillraceException(
                ErrorCode.INVALID_OPTION,
                "there is no state back end '" + name + "'; this engine has " + names + ".");
    }
}
