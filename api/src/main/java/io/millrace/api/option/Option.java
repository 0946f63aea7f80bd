package io.millrace.api.option;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One configuration key: typed, ranged, described. Declared in the room that reads it and resolved
 * once, into a settings record.
 *
 * <p>Immutable; each method returns a new option.
 *
 * @param <T> the type of the value
 */
public final class Option<T> {
    private final String key;
    private final Form<T> form;
    private final T defaultValue;
    private final Range<T> range;
    private final Note note;
    private final List<String> formerKeys;

    /** How values are written. */
    private record Form<T>(
            String typeName, Function<String, T> parser, Function<T, String> printer) {}

    /** Which values are allowed; the text is empty if all are. */
    private record Range<T>(Predicate<T> holds, String text) {}

    /** What a person is told of it. */
    private record Note(String description, boolean idle) {}

    private Option(
            String key,
            Form<T> form,
            T defaultValue,
            Range<T> range,
            Note note,
            List<String> formerKeys) {
        this.key = Objects.requireNonNull(key);
        this.form = form;
        this.defaultValue = defaultValue;
        this.range = range;
        this.note = note;
        this.formerKeys = formerKeys;
    }

    private static <T> Option<T> of(
            String key, String typeName, Function<String, T> parser, Function<T, String> printer) {
        return new Option<>(
                key,
                new Form<>(typeName, parser, printer),
                null,
                new Range<>(value -> true, ""),
                new Note("", false),
                List.of());
    }

    public static Option<String> string(String key) {
        return of(key, "string", text -> text, text -> text);
    }

    public static Option<Integer> integer(String key) {
        return of(key, "integer", text -> Integer.valueOf(text.trim()), String::valueOf);
    }

    public static Option<Long> longInteger(String key) {
        return of(key, "integer", text -> Long.valueOf(text.trim()), String::valueOf);
    }

    public static Option<Double> decimal(String key) {
        return of(key, "decimal", text -> Double.valueOf(text.trim()), String::valueOf);
    }

    public static Option<Float> floating(String key) {
        return of(key, "decimal", text -> Float.valueOf(text.trim()), String::valueOf);
    }

    public static Option<Boolean> bool(String key) {
        return of(key, "true or false", OptionValues::parseBoolean, String::valueOf);
    }

    /**
     * A duration such as {@code 200 ms}, {@code 10 s}, {@code 5 min}, {@code 2 h}, {@code 1 d}, or
     * ISO-8601.
     */
    public static Option<Duration> duration(String key) {
        return of(key, "duration", OptionValues::parseDuration, OptionValues::printDuration);
    }

    /** A size in bytes such as {@code 64 kb}, {@code 512 mb}, {@code 2 gb}; powers of 1024. */
    public static Option<Long> size(String key) {
        return of(key, "size", OptionValues::parseSize, OptionValues::printSize);
    }

    /** One of an enum's constants, in any case, with {@code -} or {@code _}. */
    public static <E extends Enum<E>> Option<E> choice(String key, Class<E> type) {
        return of(
                key,
                "one of " + Arrays.toString(type.getEnumConstants()),
                text -> OptionValues.parseEnum(text, type),
                Enum::name);
    }

    /** A size in bytes such as {@code 64 mb}, as programs hold it. */
    public static Option<MemorySize> memory(String key) {
        return of(key, "size such as 64 mb", MemorySize::parse, MemorySize::toString);
    }

    /**
     * Keys and values as {@code key:value,key:value}; a part with a comma or colon in single
     * quotes.
     */
    public static Option<Map<String, String>> map(String key) {
        return of(key, "map key:value,key:value", OptionValues::parseMap, OptionValues::printMap);
    }

    /**
     * Values of another option's type, separated by semicolons; one with a semicolon in single
     * quotes.
     */
    public static <E> Option<List<E>> listOf(Option<E> element) {
        return of(
                element.key,
                "list of " + element.form.typeName + ", separated by ;",
                text -> OptionValues.split(text, ';').stream().map(element.form.parser).toList(),
                values ->
                        values.stream()
                                .map(value -> OptionValues.quote(element.form.printer.apply(value)))
                                .collect(java.util.stream.Collectors.joining(";")));
    }

    /**
     * Of the type that a value is of.
     *
     * @throws IllegalArgumentException if no option has values of that type
     */
    @SuppressWarnings("unchecked") // an option of the value's own class
    static <T> Option<T> like(String key, T value) {
        Option<?> option;
        if (value instanceof String) {
            option = string(key);
        } else if (value instanceof Boolean) {
            option = bool(key);
        } else if (value instanceof Integer) {
            option = integer(key);
        } else if (value instanceof Long) {
            option = longInteger(key);
        } else if (value instanceof Float) {
            option = floating(key);
        } else if (value instanceof Double) {
            option = decimal(key);
        } else if (value instanceof Duration) {
            option = duration(key);
        } else if (value instanceof MemorySize) {
            option = memory(key);
        } else if (value instanceof Enum<?> constant) {
            option = ofEnum(key, constant.getDeclaringClass());
        } else {
            throw new IllegalArgumentException(
                    "No option has values such as the default of '"
                            + key
                            + "', "
                            + value
                            + (value == null ? "" : ", of " + value.getClass().getName())
                            + ". Say the type, as in ConfigOptions.key(…).stringType().");
        }
        return (Option<T>) option;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class of an enum's constants
    private static Option<?> ofEnum(String key, Class<?> type) {
        return choice(key, (Class) type);
    }

    public Option<T> defaultTo(T value) {
        return new Option<>(key, form, value, range, note, formerKeys);
    }

    /** Limits the values of a comparable type, both ends included. */
    @SuppressWarnings("unchecked")
    public Option<T> between(T min, T max) {
        Comparable<T> low = (Comparable<T>) min;
        Comparable<T> high = (Comparable<T>) max;
        Range<T> limits =
                new Range<>(
                        value -> low.compareTo(value) <= 0 && high.compareTo(value) >= 0,
                        "from " + print(min) + " to " + print(max));
        return new Option<>(key, form, defaultValue, limits, note, formerKeys);
    }

    public Option<T> describe(String sentences) {
        return noted(new Note(sentences, note.idle));
    }

    /**
     * Says that a value is kept and changes nothing. Who sets one is told so in the log.
     *
     * @param reason why there is nothing for it to change; a sentence in lower case
     */
    public Option<T> withoutEffect(String reason) {
        return noted(new Note("No effect: " + reason, true));
    }

    private Option<T> noted(Note more) {
        return new Option<>(key, form, defaultValue, range, more, formerKeys);
    }

    /** Names that the key had, or has elsewhere: asked in this order where it is not set itself. */
    public Option<T> formerly(String... keys) {
        return new Option<>(key, form, defaultValue, range, note, List.of(keys));
    }

    public String key() {
        return key;
    }

    /** Empty if the key never had another name. */
    public List<String> formerKeys() {
        return formerKeys;
    }

    /** Empty if the option has no default: then it is set or absent. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    public String typeName() {
        return form.typeName;
    }

    public String rangeText() {
        return range.text;
    }

    public String description() {
        return note.description;
    }

    /** Whether a value changes nothing; {@link #description} says why. */
    public boolean isIdle() {
        return note.idle;
    }

    public String print(T value) {
        return form.printer.apply(value);
    }

    /**
     * Parses and checks a value.
     *
     * @throws MillraceException {@link ErrorCode#INVALID_OPTION} naming key, value, type and range
     */
    public T parse(String text) {
        T value;
        try {
            value = form.parser.apply(text);
        } catch (RuntimeException e) {
            throw invalid(text, e);
        }
        if (!range.holds.test(value)) {
            throw invalid(text, null);
        }
        return value;
    }

    private MillraceException invalid(String text, RuntimeException cause) {
        String wanted = range.text.isEmpty() ? form.typeName : form.typeName + " " + range.text;
        return new MillraceException(
                ErrorCode.INVALID_OPTION,
                "option '" + key + "' is '" + text + "', but must be a " + wanted + ".",
                cause);
    }

    @Override
    public String toString() {
        return key;
    }
}
