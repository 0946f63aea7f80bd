package io.millrace.api.option;

import java.util.Objects;

/** Another key that an option may be set by. Immutable. */
public class FallbackKey {
    private final String key;
    private final boolean deprecated;

    private FallbackKey(String key, boolean deprecated) {
        this.key = Objects.requireNonNull(key);
        this.deprecated = deprecated;
    }

    static FallbackKey createFallbackKey(String key) {
        return new FallbackKey(key, false);
    }

    static FallbackKey createDeprecatedKey(String key) {
        return new FallbackKey(key, true);
    }

    public String getKey() {
        return key;
    }

    /** Whether it is an older name. */
    public boolean isDeprecated() {
        return deprecated;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FallbackKey that
                && key.equals(that.key)
                && deprecated == that.deprecated;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, deprecated);
    }

    @Override
    public String toString() {
        return key + (deprecated ? " (deprecated)" : "");
    }
}
