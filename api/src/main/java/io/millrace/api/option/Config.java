package io.millrace.api.option;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keys and their text values, as configuration files, {@code -D} and the program gave them. Read by
 * {@link Option} only. Immutable.
 */
public final class Config {
    private static final Config EMPTY = new Config(new TreeMap<>());

    private final SortedMap<String, String> values;

    private Config(SortedMap<String, String> values) {
        this.values = values;
    }

    public static Config empty() {
        return EMPTY;
    }

    public static Config of(Map<String, String> values) {
        return new Config(new TreeMap<>(values));
    }

    /** The option's value: as set, else its default. */
    public <T> T get(Option<T> option) {
        return find(option)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "option '" + option.key() + "' is not set"));
    }

    /** The option's value: as set, else its default, else empty. */
    public <T> Optional<T> find(Option<T> option) {
        String text = textOf(option);
        return text == null ? option.defaultValue() : Optional.of(option.parse(text));
    }

    private String textOf(Option<?> option) {
        String text = values.get(option.key());
        for (String former : option.formerKeys()) {
            if (text != null) {
                return text;
            }
            text = values.get(former);
        }
        return text;
    }

    public boolean contains(Option<?> option) {
        return textOf(option) != null;
    }

    public <T> Config with(Option<T> option, T value) {
        return with(option.key(), option.print(value));
    }

    public Config with(String key, String value) {
        SortedMap<String, String> copy = new TreeMap<>(values);
        copy.put(key, value);
        return new Config(copy);
    }

    /** These values, overridden by those of {@code stronger}. */
    public Config overriddenBy(Config stronger) {
        SortedMap<String, String> copy = new TreeMap<>(values);
        copy.putAll(stronger.values);
        return new Config(copy);
    }

    /** A copy, sorted by key. */
    public SortedMap<String, String> toMap() {
        return new TreeMap<>(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Config that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The keys only: values may be secrets. */
    @Override
    public String toString() {
        return "Config" + values.keySet();
    }
}
