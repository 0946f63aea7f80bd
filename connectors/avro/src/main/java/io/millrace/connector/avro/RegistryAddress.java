package io.millrace.connector.avro;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Where a schema registry is, and who asks. Immutable; its text has no password.
 *
 * @param url without a slash at its end
 * @param capacity how many schemas one task may use
 * @param userInfo {@code user:password}; null for nobody
 */
record RegistryAddress(String url, int capacity, String userInfo) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int DEFAULT_CAPACITY = 1_000;

    private static final String USER_INFO = "basic.auth.user.info";
    private static final String SOURCE = "basic.auth.credentials.source";

    /**
     * @param options null for none
     * @throws MillraceException for an option that is not known here: what it protects would be
     *     missing
     */
    static RegistryAddress of(String url, int capacity, Map<String, ?> options) {
        Objects.requireNonNull(url, "address of the schema registry");
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "identityMapCapacity is at least 1, not " + capacity + ".");
        }
        String userInfo = null;
        for (Map.Entry<String, ?> each :
                (options == null ? Map.<String, Object>of() : options).entrySet()) {
            String value = String.valueOf(each.getValue());
            switch (each.getKey()) {
                case USER_INFO -> userInfo = value;
                case SOURCE -> {
                    if (!value.equals("USER_INFO")) {
                        throw unknown(SOURCE + "=" + value);
                    }
                }
                default -> throw unknown(each.getKey());
            }
        }
        String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new RegistryAddress(trimmed, capacity, userInfo);
    }

    private static MillraceException unknown(String option) {
        return new MillraceException(
                ErrorCode.UNKNOWN_OPTION,
                "the schema registry has no option '"
                        + option
                        + "' here. Known are "
                        + USER_INFO
                        + " and "
                        + SOURCE
                        + "=USER_INFO. For TLS set the JVM's javax.net.ssl properties.");
    }

    @Override
    public String toString() {
        return url;
    }
}
