package io.millrace.api.option;

import io.millrace.api.stream.ExecutionConfig;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Parameters of a program by name, with getters for texts, numbers and booleans. It remembers which
 * were asked for, and with which defaults. Registered as global job parameters, it is the same in
 * every function.
 *
 * <p>Thread-safe: functions of several tasks may read one.
 */
public abstract class AbstractParameterTool extends ExecutionConfig.GlobalJobParameters
        implements Serializable, Cloneable {
    private static final long serialVersionUID = 1L;

    /** The value of a parameter that was given without one, as {@code --flag}. */
    protected static final String NO_VALUE_KEY = "__NO_VALUE_KEY";

    /** What stands for a default in {@link #defaultData} where a parameter has none. */
    protected static final String DEFAULT_UNDEFINED = "<undefined>";

    /** The default of each parameter that was asked for. */
    protected Map<String, String> defaultData = new ConcurrentHashMap<>();

    /** The parameters that were given but never asked for. */
    protected Set<String> unrequestedParameters = ConcurrentHashMap.newKeySet();

    /** The names of parameters that were given and that nothing has asked for yet. */
    public Set<String> getUnrequestedParameters() {
        return Set.copyOf(unrequestedParameters);
    }

    /** How many parameters there are. */
    protected abstract int getNumberOfParameters();

    /** Null if it is not given. */
    protected abstract String get(String key);

    public abstract boolean has(String key);

    /** By name; of a parameter with several values, the last. */
    @Override
    public abstract Map<String, String> toMap();

    @Override
    protected abstract Object clone() throws CloneNotSupportedException;

    /**
     * @throws RuntimeException if it is not given
     */
    public String getRequired(String key) {
        addToDefaults(key, null);
        String value = get(key);
        if (value == null) {
            throw new RuntimeException(
                    "No data for required key '" + key + "'. Give it as --" + key + " VALUE.");
        }
        return value;
    }

    public String get(String key, String defaultValue) {
        addToDefaults(key, defaultValue);
        String value = get(key);
        return value == null ? defaultValue : value;
    }

    /**
     * @throws RuntimeException if it is not given
     * @throws NumberFormatException if it is not such a number
     */
    public int getInt(String key) {
        return required(key, Integer::valueOf);
    }

    /**
     * @throws NumberFormatException if it is not such a number
     */
    public int getInt(String key, int defaultValue) {
        return optional(key, defaultValue, Integer::valueOf);
    }

    /**
     * @throws RuntimeException if it is not given
     * @throws NumberFormatException if it is not such a number
     */
    public long getLong(String key) {
        return required(key, Long::valueOf);
    }

    /**
     * @throws NumberFormatException if it is not such a number
     */
    public long getLong(String key, long defaultValue) {
        return optional(key, defaultValue, Long::valueOf);
    }

    /**
     * @throws RuntimeException if it is not given
     * @throws NumberFormatException if it is not such a number
     */
    public float getFloat(String key) {
        return required(key, Float::valueOf);
    }

    /**
     * @throws NumberFormatException if it is not such a number
     */
    public float getFloat(String key, float defaultValue) {
        return optional(key, defaultValue, Float::valueOf);
    }

    /**
     * @throws RuntimeException if it is not given
     * @throws NumberFormatException if it is not such a number
     */
    public double getDouble(String key) {
        return required(key, Double::valueOf);
    }

    /**
     * @throws NumberFormatException if it is not such a number
     */
    public double getDouble(String key, double defaultValue) {
        return optional(key, defaultValue, Double::valueOf);
    }

    /**
     * True for {@code true} in any case, else false.
     *
     * @throws RuntimeException if it is not given
     */
    public boolean getBoolean(String key) {
        return required(key, Boolean::valueOf);
    }

    /** True for {@code true} in any case, else false. */
    public boolean getBoolean(String key, boolean defaultValue) {
        return optional(key, defaultValue, Boolean::valueOf);
    }

    /**
     * @throws RuntimeException if it is not given
     * @throws NumberFormatException if it is not such a number
     */
    public short getShort(String key) {
        return required(key, Short::valueOf);
    }

    /**
     * @throws NumberFormatException if it is not such a number
     */
    public short getShort(String key, short defaultValue) {
        return optional(key, defaultValue, Short::valueOf);
    }

    /**
     * @throws RuntimeException if it is not given
     * @throws NumberFormatException if it is not such a number
     */
    public byte getByte(String key) {
        return required(key, Byte::valueOf);
    }

    /**
     * @throws NumberFormatException if it is not such a number
     */
    public byte getByte(String key, byte defaultValue) {
        return optional(key, defaultValue, Byte::valueOf);
    }

    private <T> T required(String key, Function<String, T> parser) {
        return parse(key, getRequired(key), parser);
    }

    private <T> T optional(String key, T defaultValue, Function<String, T> parser) {
        addToDefaults(key, String.valueOf(defaultValue));
        String value = get(key);
        return value == null ? defaultValue : parse(key, value, parser);
    }

    private static <T> T parse(String key, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (NumberFormatException e) {
            NumberFormatException named =
                    new NumberFormatException(
                            "parameter '"
                                    + key
                                    + "' is "
                                    + (value.equals(NO_VALUE_KEY)
                                            ? "given without a value"
                                            : "'" + value + "', which is not such a number")
                                    + ": "
                                    + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    /**
     * Remembers the first default of a parameter that was asked for.
     *
     * @param value null if it has none
     */
    protected void addToDefaults(String key, String value) {
        defaultData.merge(
                key,
                value == null ? DEFAULT_UNDEFINED : value,
                (before, now) -> before.equals(DEFAULT_UNDEFINED) ? now : before);
    }
}
