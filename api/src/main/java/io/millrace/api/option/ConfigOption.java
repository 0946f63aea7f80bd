package io.millrace.api.option;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A key as programs declare it: typed, with other keys that mean the same. Immutable. The engine's
 * own keys are {@link Option}s; both read the same text values.
 *
 * @param <T> the type of the value
 */
public class ConfigOption<T> {
    private final Option<T> option;
    private final List<String> otherKeys;

    ConfigOption(Option<T> option, List<String> otherKeys) {
        this.option = option;
        this.otherKeys = List.copyOf(otherKeys);
    }

    /**
     * The same key, value and default as an option of the engine, for {@link Configuration#set}.
     */
    public static <T> ConfigOption<T> of(Option<T> option) {
        return new ConfigOption<>(option, option.formerKeys());
    }

    /** Keys that are asked in this order if the key itself is not set. */
    public ConfigOption<T> withFallbackKeys(String... fallbackKeys) {
        return withOtherKeys(fallbackKeys);
    }

    /** Older names of the key, asked in this order if the key itself is not set. */
    public ConfigOption<T> withDeprecatedKeys(String... deprecatedKeys) {
        return withOtherKeys(deprecatedKeys);
    }

    private ConfigOption<T> withOtherKeys(String... more) {
        List<String> all = new java.util.ArrayList<>(otherKeys);
        all.addAll(Arrays.asList(more));
        return new ConfigOption<>(option, all);
    }

    public ConfigOption<T> withDescription(String description) {
        return new ConfigOption<>(option.describe(description), otherKeys);
    }

    public String key() {
        return option.key();
    }

    public boolean hasDefaultValue() {
        return option.defaultValue().isPresent();
    }

    /** Null if there is none. */
    public T defaultValue() {
        return option.defaultValue().orElse(null);
    }

    public boolean hasFallbackKeys() {
        return !otherKeys.isEmpty();
    }

    List<String> otherKeys() {
        return otherKeys;
    }

    Option<T> option() {
        return option;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigOption<?> that
                && key().equals(that.key())
                && otherKeys.equals(that.otherKeys)
                && Objects.equals(defaultValue(), that.defaultValue());
    }

    @Override
    public int hashCode() {
        return Objects.hash(key(), otherKeys, defaultValue());
    }

    @Override
    public String toString() {
        return "Key: '" + key() + "' , default: " + defaultValue();
    }
}
