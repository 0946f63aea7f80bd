package io.millrace.api.option;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Declares the options of a program: {@code ConfigOptions.key("x").intType().defaultValue(1)}. */
public class ConfigOptions {
    private ConfigOptions() {}

    public static OptionBuilder key(String key) {
        return new OptionBuilder(key);
    }

    /** A key that still needs a type. Immutable. */
    public static final class OptionBuilder {
        private final String key;

        OptionBuilder(String key) {
            this.key = key;
        }

        public TypedConfigOptionBuilder<Boolean> booleanType() {
            return new TypedConfigOptionBuilder<>(Option.bool(key));
        }

        public TypedConfigOptionBuilder<Integer> intType() {
            return new TypedConfigOptionBuilder<>(Option.integer(key));
        }

        public TypedConfigOptionBuilder<Long> longType() {
            return new TypedConfigOptionBuilder<>(Option.longInteger(key));
        }

        public TypedConfigOptionBuilder<Float> floatType() {
            return new TypedConfigOptionBuilder<>(Option.floating(key));
        }

        public TypedConfigOptionBuilder<Double> doubleType() {
            return new TypedConfigOptionBuilder<>(Option.decimal(key));
        }

        public TypedConfigOptionBuilder<String> stringType() {
            return new TypedConfigOptionBuilder<>(Option.string(key));
        }

        public TypedConfigOptionBuilder<Duration> durationType() {
            return new TypedConfigOptionBuilder<>(Option.duration(key));
        }

        public TypedConfigOptionBuilder<MemorySize> memoryType() {
            return new TypedConfigOptionBuilder<>(Option.memory(key));
        }

        /**
         * An option of the default's type; the older form.
         *
         * @param value a text, number, boolean, duration, size or constant of an enum
         * @deprecated say the type
         */
        @Deprecated
        public <T> ConfigOption<T> defaultValue(T value) {
            return new ConfigOption<>(Option.like(key, value).defaultTo(value));
        }

        /**
         * A text; the older form.
         *
         * @deprecated use {@link #stringType}, or the type of the value
         */
        @Deprecated
        public ConfigOption<String> noDefaultValue() {
            return stringType().noDefaultValue();
        }

        public <T extends Enum<T>> TypedConfigOptionBuilder<T> enumType(Class<T> enumClass) {
            return new TypedConfigOptionBuilder<>(Option.choice(key, enumClass));
        }

        public TypedConfigOptionBuilder<Map<String, String>> mapType() {
            return new TypedConfigOptionBuilder<>(Option.map(key));
        }
    }

    /** A key and its type that still need a default, or none. Immutable. */
    public static class TypedConfigOptionBuilder<T> {
        private final Option<T> option;

        TypedConfigOptionBuilder(Option<T> option) {
            this.option = option;
        }

        /** The same type many times, separated by semicolons. */
        public ListConfigOptionBuilder<T> asList() {
            return new ListConfigOptionBuilder<>(Option.listOf(option));
        }

        public ConfigOption<T> defaultValue(T value) {
            return new ConfigOption<>(option.defaultTo(value));
        }

        public ConfigOption<T> noDefaultValue() {
            return new ConfigOption<>(option);
        }
    }

    /** A list's key and type that still need a default, or none. Immutable. */
    public static class ListConfigOptionBuilder<E> {
        private final Option<List<E>> option;

        ListConfigOptionBuilder(Option<List<E>> option) {
            this.option = option;
        }

        @SafeVarargs
        public final ConfigOption<List<E>> defaultValues(E... values) {
            return new ConfigOption<>(option.defaultTo(List.of(values)));
        }

        public ConfigOption<List<E>> noDefaultValue() {
            return new ConfigOption<>(option);
        }
    }
}
