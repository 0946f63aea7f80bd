package io.millrace.api.option;

import io.millrace.api.option.description.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A key as programs declare it: typed, with other keys that mean the same. Immutable. The engine's
 * own keys are {@link Option}s; both read the same text values.
 *
 * @param <T> the type of the value
 */
public class ConfigOption<T> {
    private final Option<T> option;
    private final List<FallbackKey> otherKeys;
    private final Description description; // null for the option's text

    ConfigOption(Option<T> option) {
        this(option, List.of(), null);
    }

    private ConfigOption(Option<T> option, List<FallbackKey> otherKeys, Description description) {
        this.option = option;
        this.otherKeys = List.copyOf(otherKeys);
        this.description = description;
    }

    /**
     * The same key, value and default as an option of the engine, for {@link Configuration#set}.
     */
    public static <T> ConfigOption<T> of(Option<T> option) {
        return new ConfigOption<>(
                option,
                option.formerKeys().stream().map(FallbackKey::createDeprecatedKey).toList(),
                null);
    }

    /** Keys that are asked in this order if the key itself is not set. */
    public ConfigOption<T> withFallbackKeys(String... fallbackKeys) {
        return withOtherKeys(FallbackKey::createFallbackKey, fallbackKeys);
    }

    /** Older names of the key, asked in this order if the key itself is not set. */
    public ConfigOption<T> withDeprecatedKeys(String... deprecatedKeys) {
        return withOtherKeys(FallbackKey::createDeprecatedKey, deprecatedKeys);
    }

    private ConfigOption<T> withOtherKeys(Function<String, FallbackKey> kind, String... more) {
        List<FallbackKey> all = new ArrayList<>(otherKeys);
        for (String key : more) {
            all.add(kind.apply(key));
        }
        return new ConfigOption<>(option, all, description);
    }

    public ConfigOption<T> withDescription(String description) {
        return new ConfigOption<>(option.describe(description), otherKeys, null);
    }

    public ConfigOption<T> withDescription(Description description) {
        return new ConfigOption<>(option.describe(description.toString()), otherKeys, description);
    }

    /** Empty if nothing was said. */
    public Description description() {
        return description == null
                ? Description.builder().text(option.description()).build()
                : description;
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

    /** Keys that are asked in this order if the key itself is not set, older names too. */
    public Iterable<FallbackKey> fallbackKeys() {
        return otherKeys;
    }

    /**
     * Whether there are older names of the key.
     *
     * @deprecated read {@link #fallbackKeys}
     */
    @Deprecated
    public boolean hasDeprecatedKeys() {
        return otherKeys.stream().anyMatch(FallbackKey::isDeprecated);
    }

    /**
     * Older names of the key.
     *
     * @deprecated read {@link #fallbackKeys}
     */
    @Deprecated
    public Iterable<String> deprecatedKeys() {
        return otherKeys.stream()
                .filter(FallbackKey::isDeprecated)
                .map(FallbackKey::getKey)
                .toList();
    }

    List<String> otherKeys() {
        return otherKeys.stream().map(FallbackKey::getKey).toList();
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
